import type { MessageKind } from "./plan-messages.ts";
import { nextOpening } from "#server/domains/channels/index.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** When a business writes to customers by itself, by its own clock. */
export interface SendingHours {
  zone: string;
  /** `08:00`. */
  from: string;
  until: string;
}

/** A message that is due, as far as the clock decides about it. */
export interface Timed {
  kind: MessageKind;
  startsAt: Date;
  endsAt: Date;
  /** A member wants it to leave now. */
  asked: boolean;
}

/** When it leaves, or why it does not any more. */
export type Timing = { at: Date } | { reason: "too_late" | "quiet_hours" };

/** The last moment at which a message is of use. Nothing that speaks of an appointment as one to come leaves after it began. */
export function lastMoment({ kind, startsAt, endsAt }: Pick<Timed, "kind" | "startsAt" | "endsAt">): Date {
  switch (kind) {
    case "reminder_24h":
      return new Date(startsAt.getTime() - 3 * hour);
    case "reminder_1h":
      return new Date(startsAt.getTime() - 5 * minute);
    case "no_show":
      return new Date(endsAt.getTime() + 3 * day);
    default:
      return startsAt;
  }
}

/**
 * When a message leaves that is due now. In quiet hours it waits for their end, as long as it is of use then: a reminder that
 * would come too late is dropped, while a change or a cancellation that could not wait leaves at once. So does what answers
 * something the customer did: a booking, or that they want another time.
 */
export function timingOf(message: Timed, { zone, from, until }: SendingHours, now: Date): Timing {
  const { kind, asked } = message;
  const last = lastMoment(message);
  if (now >= last) return { reason: "too_late" };
  if (asked || kind === "confirmation" || kind === "move_link") return { at: now };
  const days = Object.fromEntries(["1", "2", "3", "4", "5", "6", "7"].map((one) => [one, [{ from, to: until }]]));
  const opens = nextOpening({ days, closed: [] }, zone, now);
  if (opens && opens < usefulUntil(message, last)) return { at: opens };
  return kind === "change" || kind === "cancellation" ? { at: now } : { reason: "quiet_hours" };
}

/** News that changes somebody's plans reaches them three hours ahead, or at once. */
function usefulUntil({ kind, startsAt }: Timed, last: Date): Date {
  return kind === "change" || kind === "cancellation" ? new Date(startsAt.getTime() - 3 * hour) : last;
}
