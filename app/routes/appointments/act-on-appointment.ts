import { redirect } from "react-router";

import { refusalOf } from "#app/context.ts";
import type { Caller } from "#server/trpc/root.ts";

import { instantOf } from "../tickets/due-time.ts";
import { readSlot } from "./booking-address.ts";
import { slotsIn, whyRefused } from "./refused-slots.ts";
import type { RefusedTimeAnswer } from "./refused-time.tsx";

export type AppointmentAnswer = { ok: true } | { ok: false; code: string; reason: string } | RefusedTimeAnswer;
interface Asked {
  api: Caller;
  appointmentId: string;
  form: FormData;
  timeZone: string;
  /** Where appointments are. */
  appointments: string;
}

/** Carries out what a form of the appointment's page asks for, by its `intent`. */
export async function actOnAppointment(asked: Asked) {
  try {
    return await perform(asked);
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal || refusal.code === "not_found" || refusal.code === "unauthenticated") throw thrown;
    const reason = whyRefused(refusal);
    if (refusal.fields["startsAt"]) return { refused: { reason, slots: slotsIn(refusal) } } satisfies AppointmentAnswer;
    return { ok: false, code: refusal.code, reason } satisfies AppointmentAnswer;
  }
}

async function perform({
  api: { appointments, appointmentMessages },
  appointmentId,
  form,
  timeZone,
  appointments: path,
}: Asked) {
  const word = (name: string) => String(form.get(name) ?? "");
  const here = `${path}/${appointmentId}`;
  switch (form.get("intent")) {
    case "complete":
      await appointments.complete({ appointmentId });
      break;
    case "no-show":
      await appointments.noShow({ appointmentId });
      break;
    case "reopen":
      await appointments.reopen({ appointmentId });
      break;
    case "cancel":
      await appointments.cancel({ appointmentId, reason: word("reason") });
      return redirect(here);
    case "send-message":
      await appointmentMessages.sendNow({ messageId: word("messageId") });
      break;
    case "drop-message":
      await appointmentMessages.drop({ messageId: word("messageId") });
      break;
    case "notes":
      await appointments.update({ appointmentId, notes: word("notes"), internalNotes: word("internalNotes") });
      break;
    case "move": {
      const slot = form.has("slot") ? readSlot(word("slot")) : timeIn(form, timeZone);
      if (!slot) return { refused: { reason: "invalid_date", slots: [] } } satisfies AppointmentAnswer;
      const moved = await appointments.reschedule({ appointmentId, ...slot, reason: word("reason") });
      return redirect(`${path}/${moved.appointmentId}`);
    }
    default:
      throw new Response(null, { status: 400 });
  }
  return { ok: true } satisfies AppointmentAnswer;
}

/** A time that was written by hand, by the clock of the business. */
function timeIn(form: FormData, timeZone: string): { startsAt: Date; userId: string } | null {
  const startsAt = instantOf(String(form.get("time") ?? ""), timeZone);
  return startsAt && { startsAt, userId: String(form.get("userId") ?? "") };
}
