import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, oneOf, rowId, tenantId } from "./columns.ts";
import { tenants } from "./tenants.ts";

const bytea = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

export const webhookLogStatuses = [
  "received",
  "processed",
  "duplicate",
  "ignored",
  "rejected",
  "failed",
  "retrying",
] as const;

/** Why an event did not become work. The closed set; the interface words each one. */
export const webhookReasons = [
  "signature_mismatch",
  "missing_signature",
  "verify_token_mismatch",
  "not_configured",
  "unknown_account",
  "malformed",
  "too_large",
  "duplicate",
  "unsupported_type",
  "stale",
  "channel_paused",
  "waiting_for_message",
  "sender_blocked",
  "handler_error",
] as const;

/**
 * One row a post. It belongs to the tenant whose post it was entirely, else to the platform tenant:
 * a tenant never sees bytes of another. Partitioned by day of `id` (custom SQL); short retention.
 */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    tenantId: tenantId(),
    id: rowId(),
    provider: text("provider").notNull(),
    /** Path and query as received; the origin comes from configuration. */
    path: text("path").notNull(),
    /** Redacted before they are written. */
    headers: jsonb("headers").$type<Record<string, string>>().notNull(),
    /** Raw bytes, whole when verified, capped when rejected. */
    body: bytea("body").notNull(),
    bodyBytes: integer("body_bytes").notNull(),
    verified: boolean("verified").notNull(),
    reason: text("reason"),
    events: integer("events").notNull(),
    receivedAt: instant("received_at").notNull(),
    /** When its bytes and headers were taken away with a person they spoke of. */
    erasedAt: instant("erased_at"),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
);

/** One row per event per delivery (S3.2): what lists, ledger and replay count, and the inbox that is drained. Partitioned like its deliveries. */
export const webhookLogs = pgTable(
  "webhook_logs",
  {
    tenantId: tenantId(),
    id: rowId(),
    deliveryId: uuid("delivery_id"),
    channelId: uuid("channel_id"),
    platform: text("platform").notNull(),
    webhookType: text("webhook_type").notNull(),
    /** What it is about: message, status or other. A column, for no expression is indexed under row-level security. */
    kind: text("kind")
      .notNull()
      .generatedAlwaysAs(
        sql`case split_part(webhook_type, '.', 1) when 'message' then 'message' when 'echo' then 'message' when 'status' then 'status' else 'other' end`,
      ),
    payload: jsonb("payload").notNull(),
    status: text("status", { enum: webhookLogStatuses }).notNull().default("received"),
    reason: text("reason", { enum: webhookReasons }),
    externalMessageId: text("external_message_id"),
    dedupeKey: text("dedupe_key").notNull(),
    customerIdentifier: text("customer_identifier"),
    account: text("account"),
    customerId: uuid("customer_id"),
    conversationId: uuid("conversation_id"),
    messageId: uuid("message_id"),
    ticketId: uuid("ticket_id"),
    attempts: integer("attempts").notNull().default(0),
    /** [{at, ms, outcome, error}] of every attempt, replays included. */
    attemptLog: jsonb("attempt_log").$type<WebhookAttempt[]>().notNull().default([]),
    nextAttemptAt: instant("next_attempt_at"),
    errorMessage: text("error_message"),
    /** Milliseconds spent applying the event, last attempt. */
    processingTimeMs: integer("processing_time_ms"),
    occurredAt: instant("occurred_at"),
    receivedAt: instant("received_at").notNull(),
    processedAt: instant("processed_at"),
    /** When what it said was taken away with the person it was about: what is left is counted only. */
    erasedAt: instant("erased_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    // Of both closed sets each value, or pair of values, is one short look-up.
    index("webhook_logs_status").on(t.tenantId, t.status, t.kind, t.id),
    index("webhook_logs_channel").on(t.tenantId, t.channelId, t.id),
    index("webhook_logs_external").on(t.tenantId, t.externalMessageId, t.id),
    // With what the chart counts: a busy customer's events lie on as many pages of the log as they are.
    index("webhook_logs_customer").on(
      t.tenantId,
      t.customerId,
      t.id,
      t.receivedAt,
      t.status,
      t.processingTimeMs,
      t.customerIdentifier,
    ),
    index("webhook_logs_identifier").on(
      t.tenantId,
      t.customerIdentifier,
      t.id,
      t.receivedAt,
      t.status,
      t.processingTimeMs,
    ),
    // What is still to be done, across tenants, read by the door `due`: small while we keep up.
    index("webhook_logs_due")
      .on(t.tenantId, t.id)
      .where(sql`status in ('received', 'retrying')`),
    // Events of a provider are found by its channels; these reached none.
    index("webhook_logs_nobody")
      .on(t.tenantId, t.platform, t.id)
      .where(sql`channel_id is null`),
    // Rare rows that a filter asks for; the many others cost these indexes nothing.
    index("webhook_logs_reason")
      .on(t.tenantId, t.reason, t.id)
      .where(sql`reason is not null`),
    // Rare, and with what the chart counts too.
    index("webhook_logs_slow")
      .on(t.tenantId, t.id, t.receivedAt, t.status, t.processingTimeMs)
      .where(sql`processing_time_ms >= 1000`),
    index("webhook_logs_tried_again")
      .on(t.tenantId, t.id, t.receivedAt, t.status, t.processingTimeMs)
      .where(sql`attempts > 1`),
    check("webhook_logs_status_check", oneOf("status", webhookLogStatuses)),
    check("webhook_logs_reason_check", oneOf("reason", webhookReasons)),
  ],
);

export interface WebhookAttempt {
  at: string;
  ms: number;
  outcome: string;
  error?: string;
  by?: string;
}

/** Rejected events past the kept sixty a minute and channel are counted here instead of stored. */
export const webhookRejections = pgTable(
  "webhook_rejections",
  {
    tenantId: tenantId(),
    /** A channel id, or the provider's name when no channel is known. */
    source: text("source").notNull(),
    minute: instant("minute").notNull(),
    kept: integer("kept").notNull().default(0),
    dropped: integer("dropped").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.source, t.minute] })],
);

export const replayStatuses = ["running", "done", "cancelled"] as const;

/**
 * Many events put to work again: which ones, how far it has come, and who asked. `cursor` is the last
 * event that was looked at, `lastId` the last one to look at: what arrives meanwhile is no part of it.
 */
export const webhookReplays = pgTable(
  "webhook_replays",
  {
    tenantId: tenantId(),
    id: rowId(),
    filter: jsonb("filter").$type<Record<string, unknown>>().notNull(),
    status: text("status", { enum: replayStatuses }).notNull().default("running"),
    /** Events that matched when it began. */
    total: integer("total").notNull(),
    /** Put to work again. */
    replayed: integer("replayed").notNull().default(0),
    /** Settled already, and left as they are. */
    unchanged: integer("unchanged").notNull().default(0),
    /** Unreadable, of nobody, or of a paused channel. */
    refused: integer("refused").notNull().default(0),
    cursor: uuid("cursor"),
    lastId: uuid("last_id").notNull(),
    requestedBy: uuid("requested_by"),
    startedAt: instant("started_at").notNull(),
    /** The last step; an old one of a running replay means that its worker died. */
    steppedAt: instant("stepped_at").notNull(),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("webhook_replays_running")
      .on(t.tenantId)
      .where(sql`status = 'running'`),
    check("webhook_replays_status", oneOf("status", replayStatuses)),
  ],
);

/**
 * What the messages, calls and events of erased people were known by (SHA-256 of channel and the provider's id):
 * a provider that tells them again brings nothing back.
 */
export const erasedEvents = pgTable(
  "erased_events",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    fingerprint: text("fingerprint").notNull(),
    erasedAt: instant("erased_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.fingerprint] })],
);
