import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { instant, oneOf, tenantId } from "./columns.ts";
import { webhookLogStatuses } from "./webhooks.ts";

export const volumeGrains = ["quarter", "day"] as const;

/**
 * Events counted: by quarter of an hour, and those summed by day of the tenant's zone. What the chart and
 * the ledger read instead of the log. A quarter is counted once it is over, and again when an event of it
 * changes later.
 */
export const webhookLogVolumes = pgTable(
  "webhook_log_volumes",
  {
    tenantId: tenantId(),
    grain: text("grain", { enum: volumeGrains }).notNull(),
    /** When it began. */
    at: instant("at").notNull(),
    /** All zeros: of no channel. */
    channelId: uuid("channel_id").notNull(),
    platform: text("platform").notNull(),
    /** message, status or other. */
    kind: text("kind").notNull(),
    status: text("status", { enum: webhookLogStatuses }).notNull(),
    /** Empty: none. */
    reason: text("reason").notNull(),
    /** Half powers of two of the milliseconds it took, plus one: 0 is under 0.5 ms, 20 is one second; -1: not applied. */
    speed: smallint("speed").notNull(),
    events: integer("events").notNull(),
    /** Milliseconds that applying them took together; null where it was counted before this was summed. */
    totalMs: bigint("total_ms", { mode: "number" }),
  },
  (t) => [
    primaryKey({
      columns: [t.tenantId, t.grain, t.at, t.channelId, t.platform, t.kind, t.status, t.reason, t.speed],
    }),
    // Days are one row in fifty, and all that the chart of a month and the ledger read.
    index("webhook_log_volumes_days")
      .on(t.tenantId, t.at, t.channelId, t.platform, t.kind, t.status, t.reason, t.speed, t.events)
      .where(sql`grain = 'day'`),
    check("webhook_log_volumes_grain", oneOf("grain", volumeGrains)),
    check("webhook_log_volumes_status", oneOf("status", webhookLogStatuses)),
  ],
);

/** Until when a tenant's log was counted, and by which zone its days were cut. */
export const webhookLogCounts = pgTable(
  "webhook_log_counts",
  {
    tenantId: tenantId(),
    countedUntil: instant("counted_until").notNull(),
    timezone: text("timezone").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId] })],
);

/** Quarters whose count is out of date: an event of them changed after they were counted. */
export const webhookLogRecounts = pgTable(
  "webhook_log_recounts",
  { tenantId: tenantId(), quarter: instant("quarter").notNull() },
  (t) => [primaryKey({ columns: [t.tenantId, t.quarter] })],
);

/** What the check of a day's ledger found, the last time it was made. */
export const webhookLedgerChecks = pgTable(
  "webhook_ledger_checks",
  {
    tenantId: tenantId(),
    /** Midnight in the tenant's zone. */
    day: instant("day").notNull(),
    checkedAt: instant("checked_at").notNull(),
    /** Events without an end that were put to work again. */
    unsettled: integer("unsettled").notNull(),
    /** Quarters of an hour whose count was wrong and made anew. */
    recounted: integer("recounted").notNull(),
    /** Events that posts brought and the log does not hold. */
    missing: integer("missing").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.day] })],
);
