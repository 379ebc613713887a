import { apiContext, refusalOf } from "#app/context.ts";

import type { Route } from "./+types/move";
import { slotsIn, whyRefused } from "./refused-slots.ts";

/** Moves an appointment of the calendar, or changes how long it lasts; a refusal names what is free instead. */
export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const word = (name: string) => String(form.get(name) ?? "");
  try {
    const { appointmentId } = await context.get(apiContext).appointments.reschedule({
      appointmentId: word("appointmentId"),
      startsAt: new Date(word("startsAt")),
      endsAt: new Date(word("endsAt")),
      userId: word("userId"),
    });
    return Response.json({ appointmentId });
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return Response.json({ refused: whyRefused(refusal), slots: slotsIn(refusal) });
  }
}
