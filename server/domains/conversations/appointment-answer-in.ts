import type { Ctx } from "#server/core/context.ts";
import type { AppointmentAnswer } from "#server/domains/appointment-messages/index.ts";
import { readAnswer, recordAnswers } from "#server/domains/appointment-messages/index.ts";
import type { InboundEvent } from "#server/providers/contract.ts";
import type { Place } from "./place-messages.ts";
import type { WrittenInbound } from "./write-inbound.ts";

/** A message that answers what was sent about an appointment in its conversation. */
export interface AnsweredAppointment {
  /** Of the message about it. */
  id: string;
  answer: AppointmentAnswer;
}

/** Providers' clocks and ours do not quite agree. */
const skewMs = 60_000;

/** The answer that a message is; null where none was asked for, where a program wrote, and where it says something else. */
export function appointmentAnswerIn(
  { appointment, quiet }: Pick<Place, "appointment" | "quiet">,
  { direction, content, occurredAt, thread, keyword }: Extract<InboundEvent, { kind: "message" }>,
): AnsweredAppointment | null {
  if (!appointment || quiet || direction !== "in" || thread?.automatic || keyword !== undefined) return null;
  if (content.media.length > 0 || occurredAt >= new Date(appointment.until)) return null;
  if (occurredAt.getTime() < Date.parse(appointment.askedAt) - skewMs) return null;
  const answer = readAnswer(content.text);
  return answer && { id: appointment.id, answer };
}

/** Keeps the answers among messages that were just written. No statement where there are none. */
export async function keepAppointmentAnswers(ctx: Ctx, fresh: readonly WrittenInbound[]): Promise<void> {
  await recordAnswers(
    ctx,
    fresh.flatMap(({ appointment, occurredAt, place }) =>
      appointment ? [{ ...appointment, at: occurredAt, conversationId: place.threadId }] : [],
    ),
  );
}
