import { z } from "zod";

/** What an admin is told of; the interface and the mails word each one. */
export const alertKinds = [
  "channel_failing",
  "token_expiring",
  "channel_silent",
  "events_failing",
  "sends_failing",
  "dead_letters",
  "ledger_gap",
  "tickets_late",
] as const;
export type AlertKind = (typeof alertKinds)[number];

/** A page of what is over; `after`: the id of the page before's last one. */
export const alertHistoryInput = z.object({ after: z.uuid().optional() });
export type AlertHistoryInput = z.infer<typeof alertHistoryInput>;
