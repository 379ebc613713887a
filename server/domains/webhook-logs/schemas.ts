import { z } from "zod";
import { commaList } from "#server/core/comma-list.ts";
import { providerNames } from "#server/providers/contract.ts";
import { webhookLogStatuses, webhookReasons } from "#db/schema/webhooks.ts";

/** What an event is about, for the filter: the provider's own words are finer. */
export const eventTypes = ["message", "status", "other"] as const;

/** Which events are meant: the list's filter, or a selection. */
export const logFilter = z.object({
  /** Received since; everything that is kept when left out. */
  since: z.date().optional(),
  until: z.date().optional(),
  channelId: z.uuid().optional(),
  status: z.array(z.enum(webhookLogStatuses)).max(webhookLogStatuses.length).optional(),
  reason: z.array(z.enum(webhookReasons)).max(webhookReasons.length).optional(),
  type: z.enum(eventTypes).optional(),
  /** A provider by its name. */
  provider: z.enum(providerNames).optional(),
  /** Took a second or longer to apply. */
  slow: z.boolean().optional(),
  /** Was tried more than once. */
  triedAgain: z.boolean().optional(),
  /** A message id of the provider, a phone in any spelling, an id of the customer. */
  search: z.string().trim().max(200).optional(),
  /** These events alone. */
  ids: z.array(z.uuid()).min(1).max(500).optional(),
});
export type LogFilter = z.infer<typeof logFilter>;

/** The parameters of the log's address that a saved view keeps: its filter, without the page. */
export const logViewQuery = z
  .strictObject({
    period: z.enum(["1h", "24h", "7d", "30d", "all"]),
    channel: z.uuid(),
    status: commaList(webhookLogStatuses),
    reason: commaList(webhookReasons),
    type: z.enum(eventTypes),
    provider: z.enum(providerNames),
    slow: z.literal("1"),
    again: z.literal("1"),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    q: z.string().trim().min(1).max(200),
    text: z.string().trim().min(2).max(200),
  })
  .partial()
  .transform((query): Record<string, string> => query);

export const listWebhookLogsInput = logFilter.omit({ ids: true }).extend({
  /** Ids of the neighbouring page's last and first row. */
  after: z.uuid().optional(),
  before: z.uuid().optional(),
});
export type ListWebhookLogsInput = z.input<typeof listWebhookLogsInput>;

export const webhookLogRef = z.object({ id: z.uuid() });
export type WebhookLogRef = z.infer<typeof webhookLogRef>;

/** Events that belong to the same message, call or conversation: around it, or beyond an event of that list. */
export const listRelatedInput = webhookLogRef.extend({ after: z.uuid().optional(), before: z.uuid().optional() });
export type ListRelatedInput = z.infer<typeof listRelatedInput>;

export const claimEarlierInput = z.object({ channelId: z.uuid() });
export type ClaimEarlierInput = z.infer<typeof claimEarlierInput>;

/** One page of an export: where the one before ended. */
export const exportInput = logFilter.omit({ ids: true }).extend({ after: z.uuid().optional() });
export type ExportInput = z.infer<typeof exportInput>;

/** Events by a text of their content. `after`: where the search before ended. */
export const searchContentsInput = exportInput.extend({ text: z.string().trim().min(2).max(200) });
export type SearchContentsInput = z.infer<typeof searchContentsInput>;

/** Days of the ledger: the one of `since` up to the one of `until`, or today. At most a quarter of a year. */
export const ledgerInput = z
  .object({ since: z.date(), until: z.date().optional() })
  .refine(({ since, until }) => (until ?? new Date()).getTime() - since.getTime() <= 100 * 86_400_000);
export type LedgerInput = z.infer<typeof ledgerInput>;

/** Totals of accounts since the day of `since`; since ever when left out. */
export const accountsInput = z.object({ since: z.date().optional() });
export type AccountsInput = z.infer<typeof accountsInput>;

export const replayRef = z.object({ replayId: z.uuid() });
export type ReplayRef = z.infer<typeof replayRef>;

/** The right to take a replay's next step: held by whoever took its last one. Without `steppedAt` it is taken from anybody. */
export const replayBaton = replayRef.extend({ steppedAt: z.iso.datetime().optional() });
export type ReplayBaton = z.infer<typeof replayBaton>;

export const testPostInput = z.object({ provider: z.string().max(40), body: z.string().max(4 * 1024 * 1024) });
export type TestPostInput = z.infer<typeof testPostInput>;
