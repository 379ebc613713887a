import { redirect } from "react-router";

import { answerForm } from "#app/shell/answer-form.ts";
import type { Caller } from "#server/trpc/root.ts";

import { centsOf } from "../../customers/cents-of.ts";

/** Every change of the services' page; `intent` names it. `here` is the page's own address. */
export async function actOnServices(form: FormData, { scheduling: { services } }: Caller, here: string) {
  return answerForm(form, async (values) => {
    const { serviceId = "" } = values;
    switch (form.get("intent")) {
      case "create":
        await services.create(fieldsIn(form));
        return redirect(`${here}?saved`);
      case "update":
        await services.update({ serviceId, ...fieldsIn(form) });
        return redirect(`${here}?saved`);
      case "archive":
      case "restore":
        await services.archive({ serviceId, archived: form.get("intent") === "archive" });
        return redirect(`${here}?saved`);
      default:
        throw new Response(null, { status: 400 });
    }
  });
}

/** What is no number is given on as none, and refused in words. */
function fieldsIn(form: FormData) {
  const word = (name: string) => String(form.get(name) ?? "").trim();
  const whole = (name: string, unit = 1) => Math.round(Number(word(name).replace(",", ".") || Number.NaN) * unit);
  const price = word("priceCents");
  return {
    name: word("name"),
    description: word("description"),
    durationMinutes: whole("durationMinutes"),
    bufferBeforeMinutes: whole("bufferBeforeMinutes"),
    bufferAfterMinutes: whole("bufferAfterMinutes"),
    priceCents: price === "" ? null : (centsOf(price) ?? Number.NaN),
    location: word("location"),
    capacity: whole("capacity"),
    minimumNoticeMinutes: whole("minimumNoticeMinutes", 60),
    horizonDays: whole("horizonDays"),
    slotStepMinutes: whole("slotStepMinutes"),
    online: form.has("online"),
    memberIds: form.getAll("memberIds").map(String),
  };
}
