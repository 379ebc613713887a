import { data, redirect } from "react-router";

import { refusalOf, type Refusal } from "#app/context.ts";
import { answerForm } from "#app/shell/answer-form.ts";
import type { Caller } from "#server/trpc/root.ts";

import { instantOf } from "../tickets/due-time.ts";
import { bookingAddress, readSlot, type Booking } from "./booking-address.ts";
import { slotsIn, whyRefused } from "./refused-slots.ts";
import type { RefusedTimeAnswer } from "./refused-time.tsx";

interface Asked {
  api: Caller;
  form: FormData;
  booking: Booking;
  timeZone: string;
  /** Where appointments are. */
  appointments: string;
}

/** Carries out what a form of the booking asks for, by its `intent`. */
export async function actOnBooking(asked: Asked) {
  switch (asked.form.get("intent")) {
    case "hold":
      return hold(asked);
    case "release":
      return release(asked);
    case "book":
      return book(asked);
    default:
      throw new Response(null, { status: 400 });
  }
}

/** Keeps a time: one that is offered, or one that was written by hand. */
async function hold({ api, form, booking, timeZone, appointments }: Asked) {
  const serviceId = String(form.get("serviceId") ?? "");
  const slot = slotIn(form, timeZone);
  if (!slot) return { refused: { reason: "invalid_date", slots: [] } } satisfies RefusedTimeAnswer;
  try {
    const { holdId, heldUntil } = await api.appointments.hold({ serviceId, ...slot });
    const kept = { service: serviceId, member: slot.userId, at: slot.startsAt, hold: holdId, until: heldUntil };
    return redirect(`${appointments}/new${bookingAddress(booking, kept)}`);
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return { refused: { reason: whyRefused(refusal), slots: slotsIn(refusal) } } satisfies RefusedTimeAnswer;
  }
}

function slotIn(form: FormData, timeZone: string): { startsAt: Date; userId: string } | null {
  const offered = form.get("slot");
  if (offered !== null) return readSlot(String(offered));
  const startsAt = instantOf(String(form.get("time") ?? ""), timeZone);
  return startsAt && { startsAt, userId: String(form.get("userId") ?? "") };
}

/** Gives the time free again, and goes back to choosing. */
async function release({ api, booking, appointments }: Asked) {
  if (booking.hold) await api.appointments.release({ holdId: booking.hold }).catch(alreadyFree);
  const nothing = { hold: undefined, until: undefined, at: undefined };
  return redirect(`${appointments}/new${bookingAddress(booking, nothing)}`);
}

/** One that was cleared away meanwhile is free. */
function alreadyFree(thrown: unknown): void {
  if (refusalOf(thrown)?.code !== "not_found") throw thrown;
}

/** Goes to the appointment. A refusal keeps what was typed; one of the time names others. */
async function book({ api, form, booking, appointments }: Asked) {
  const { service, member, at, hold: holdId } = booking;
  if (!service || !member || !at) throw new Response(null, { status: 400 });
  const about = { conversationId: booking.conversation, ticketId: booking.ticket, callId: booking.call };
  return answerForm(form, async ({ customerId, displayName = "", phone, email, notes = "", internalNotes = "" }) => {
    const whom =
      customerId && customerId !== "new"
        ? { customerId }
        : { customer: { displayName, ...(phone ? { phone } : {}), ...(email ? { email } : {}) } };
    const wanted = {
      serviceId: service,
      userId: member,
      startsAt: at,
      holdId,
      ...whom,
      notes,
      internalNotes,
      ...about,
    };
    try {
      const { appointmentId } = await api.appointments.book(wanted);
      return redirect(`${appointments}/${appointmentId}?booked`);
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal?.fields["startsAt"])
        return { refused: { reason: whyRefused(refusal), slots: slotsIn(refusal) } } satisfies RefusedTimeAnswer;
      throw refusal ? data(besideFields(refusal), { status: 400 }) : thrown;
    }
  });
}

/** What is wrong with a new customer stands beside the form's own fields. */
function besideFields(refusal: Refusal): Refusal {
  const fields = Object.entries(refusal.fields).map(([name, reasons]) => [name.replace(/^customer\./, ""), reasons]);
  return { ...refusal, fields: Object.fromEntries(fields) as Refusal["fields"] };
}
