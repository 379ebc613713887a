import type { Format } from "#app/i18n/format.ts";
import type { Dictionary } from "#app/i18n/dictionaries.ts";
import type { Translate } from "#app/i18n/translate.ts";
import type { Tone } from "#app/ui/tone.ts";

export const statuses = ["open", "in_progress", "waiting_customer", "resolved", "closed"] as const;
export type Status = (typeof statuses)[number];
export const priorities = ["urgent", "high", "medium", "low"] as const;
export const channels = ["whatsapp", "sms", "phone", "email", "instagram"] as const;

export type TicketWords = Translate<Dictionary["tickets"]>;
export const priorityWords = {
  low: "priorityLow",
  medium: "priorityMedium",
  high: "priorityHigh",
  urgent: "priorityUrgent",
} as const;

export const statusTones: Record<Status, Tone> = {
  open: "info",
  in_progress: "warn",
  waiting_customer: "wait",
  resolved: "ok",
  closed: "neutral",
};

export interface DueTicket {
  status: Status;
  dueAt: Date | null;
  resolvedAt: Date | null;
}

/** How a ticket stands to the date that a member set for it: counted down, kept or missed. It does not rest, unlike what is promised. */
export function dueOf(
  ticket: DueTicket,
  now: number,
  format: Format,
  t: TicketWords,
): { text: string; tone: string } | null {
  if (!ticket.dueAt) return null;
  const due = ticket.dueAt.getTime();
  if (ticket.status === "resolved" || ticket.status === "closed") {
    const kept = (ticket.resolvedAt?.getTime() ?? due) <= due;
    return kept ? { text: t("dueKept"), tone: "text-ok" } : { text: t("dueMissed"), tone: "text-bad" };
  }
  const time = format.age(due, now);
  if (due < now) return { text: t("overdue", { time }), tone: "text-bad font-medium" };
  const left = due - now;
  if (left > 24 * hour) return { text: `${format.day(due, now)} ${format.time(due)}`, tone: "" };
  return {
    text: t("dueIn", { time }),
    tone: left < hour / 2 ? "text-bad font-medium" : left < 2 * hour ? "text-warn" : "",
  };
}
const hour = 3_600_000;
