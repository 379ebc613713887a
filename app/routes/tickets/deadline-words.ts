import type { Format } from "#app/i18n/format.ts";

import type { TicketRow } from "./queue-rows.ts";
import type { TicketWords } from "./ticket-words.ts";

const hour = 3_600_000;

export interface DeadlineWords {
  text: string;
  /** Class of a drawing beside the words. */
  icon: "ico-pending" | "ico-failed" | null;
  tone: string;
}

/** The nearest promised time of a ticket in the queue: counted down, late, or resting while the customer has to answer. */
export function deadlineOf(
  { slaTarget, slaDueAt, slaPaused }: Pick<TicketRow, "slaTarget" | "slaDueAt" | "slaPaused">,
  now: number,
  format: Format,
  t: TicketWords,
): DeadlineWords | null {
  if (slaPaused) return { text: t("sla.paused"), icon: null, tone: "text-faint" };
  if (!slaDueAt || !slaTarget) return null;
  const due = slaDueAt.getTime();
  const what = t(`sla.short.${slaTarget}`);
  const time = format.age(due, now);
  if (due <= now) return { text: t("sla.late", { what, time }), icon: "ico-failed", tone: "text-bad font-medium" };
  const left = due - now;
  if (left > 24 * hour) {
    const when = `${format.day(due, now)} ${format.time(due)}`;
    return { text: t("sla.on", { what, when }), icon: "ico-pending", tone: "" };
  }
  const tone = left < hour ? "text-warn font-medium" : "";
  return { text: t("sla.in", { what, time }), icon: "ico-pending", tone };
}
