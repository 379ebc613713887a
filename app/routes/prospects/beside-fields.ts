import { data } from "react-router";

import { refusalOf, type Refusal } from "#app/context.ts";

/** What is wrong with a new customer stands beside the form's own fields. */
export async function besideFields<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    const fields = Object.entries(refusal.fields).map(([name, reasons]) => [name.replace(/^customer\./, ""), reasons]);
    throw data({ ...refusal, fields: Object.fromEntries(fields) as Refusal["fields"] }, { status: 400 });
  }
}
