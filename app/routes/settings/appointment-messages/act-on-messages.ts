import { redirect } from "react-router";

import { answerForm } from "#app/shell/answer-form.ts";
import type { Caller } from "#server/trpc/root.ts";

type Saved = Parameters<Caller["appointmentMessages"]["saveWords"]>[0];
/** Before the name of a template's variable, whose dots a form would take for its own. */
const valuePrefix = "value:";

/** Every change of the page of appointment messages; `intent` names it. `path` is the page itself. */
export async function actOnMessages(form: FormData, { appointmentMessages }: Caller, path: string) {
  return answerForm(form, async (values) => {
    const { intent, kind = "", textFr = "", textEn = "", templateName = "" } = values;
    if (intent === "words") {
      const templateValues = Object.fromEntries(
        Object.entries(values).flatMap(([name, value]) =>
          name.startsWith(valuePrefix) && value ? [[name.slice(valuePrefix.length).replaceAll("~", "."), value]] : [],
        ),
      );
      await appointmentMessages.saveWords({
        kind: kind as Saved["kind"],
        enabled: values["enabled"] === "yes",
        textFr,
        textEn,
        templateName: templateName || null,
        templateValues: templateValues as Saved["templateValues"],
      });
    } else if (intent === "hours") {
      const { sendFrom = "", sendUntil = "", offerMinutes = "" } = values;
      await appointmentMessages.saveSettings({ sendFrom, sendUntil, offerMinutes: Number(offerMinutes || "0") });
    } else throw new Response(null, { status: 400 });
    return redirect(`${path}?saved`);
  });
}
