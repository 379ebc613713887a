import { parse, type SubmissionResult } from "@conform-to/react";
import { data } from "react-router";

import { refusalOf } from "#app/context.ts";

export interface RefusedForm {
  /** For Conform's `lastResult`: what was typed, and what is wrong with it. */
  result: SubmissionResult;
}

/**
 * Runs a form's call. A refusal becomes the form again, with each reason beside its field and the rest
 * above; what was typed is kept but for `secret` fields. Works the same without JavaScript.
 */
export async function answerForm<T>(
  form: FormData,
  run: (values: Record<string, string>) => Promise<T>,
  secret: readonly string[] = ["password", "current"],
) {
  const submission = parse<Record<string, string>, string[]>(form, { resolve: (value) => ({ value }) });
  const values = submission.status === "success" ? submission.value : {};
  try {
    return await run(values);
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    const fieldErrors = Object.fromEntries(
      Object.entries(refusal.fields).map(([name, reasons]) => [name, [reasons].flat()]),
    );
    const formErrors = Object.keys(fieldErrors).length > 0 ? [] : [refusal.reason];
    const result = submission.reply({ fieldErrors, formErrors, hideFields: [...secret] });
    return data<RefusedForm>({ result }, { status: 400 });
  }
}

/** The refused form inside an action's answer, if that is what it is. */
export function refusedIn(answer: unknown): SubmissionResult | undefined {
  return typeof answer === "object" && answer !== null && "result" in answer
    ? (answer as RefusedForm).result
    : undefined;
}
