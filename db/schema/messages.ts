import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { channelTypes } from "./channels.ts";
import { cents, createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { conversations } from "./conversations.ts";
import { customers } from "./customers.ts";

export const messageDirections = ["in", "out", "internal"] as const;
export const messageKinds = [
  "text",
  "media",
  "location",
  "contacts",
  "interactive",
  "order",
  "call",
  "system",
  "unsupported",
  "note",
  "event",
] as const;
export const messageStatuses = ["received", "pending", "sent", "delivered", "read", "failed", "unknown"] as const;

/** A reaction under a message. `state` is there for our own: pending, sent, or failed with the provider's words. */
export interface MessageReaction {
  by: string;
  emoji: string;
  at: string;
  state?: string;
  error?: string;
}

/** Everything in a thread, in one order: what came in, what went out, and what only members see (`internal`: notes and events). */
export const messages = pgTable(
  "messages",
  {
    tenantId: tenantId(),
    id: rowId(),
    conversationId: uuid("conversation_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    channelId: uuid("channel_id").notNull(),
    channelType: text("channel_type", { enum: channelTypes }).notNull(),
    direction: text("direction", { enum: messageDirections }).notNull(),
    kind: text("kind", { enum: messageKinds }).notNull().default("text"),
    text: text("text").notNull().default(""),
    media: jsonb("media").$type<unknown[]>().notNull().default([]),
    data: jsonb("data").$type<Record<string, unknown>>(),
    /** As they stand now; ours with how far it has come. */
    reactions: jsonb("reactions").$type<MessageReaction[]>().notNull().default([]),
    replyToExternalId: text("reply_to_external_id"),
    status: text("status", { enum: messageStatuses }).notNull(),
    sentAt: instant("sent_at"),
    deliveredAt: instant("delivered_at"),
    readAt: instant("read_at"),
    failedAt: instant("failed_at"),
    errorCode: text("error_code"),
    errorMessage: text("error_message"),
    provider: text("provider"),
    /** The provider's message id: unique per channel, and what repeated deliveries run into. */
    externalId: text("external_id"),
    /** Made by the sender's screen: a double click sends once. */
    idempotencyKey: text("idempotency_key"),
    toAddress: text("to_address"),
    templateName: text("template_name"),
    templateVariables: jsonb("template_variables").$type<Record<string, string>>(),
    subject: text("subject"),
    authorId: uuid("author_id"),
    sentByAi: boolean("sent_by_ai").notNull().default(false),
    /** true: typed in the provider's own app, not here. */
    echo: boolean("echo").notNull().default(false),
    /** false until a member opened the thread (inbound only). */
    read: boolean("read").notNull().default(false),
    editedAt: instant("edited_at"),
    deletedAt: instant("deleted_at"),
    priceCents: cents("price_cents"),
    costCents: cents("cost_cents"),
    durationSeconds: integer("duration_seconds"),
    /** Times that sending began (outbound). */
    attempts: integer("attempts").notNull().default(0),
    lastAttemptAt: instant("last_attempt_at"),
    /** An attempt began and its outcome is not written yet: after a crash nobody knows whether it was sent. */
    sending: boolean("sending").notNull().default(false),
    /** The log row it came from; no foreign key, since partitions of the log are dropped. */
    webhookLogId: uuid("webhook_log_id"),
    /** By the provider's clock; the thread is ordered by it. */
    occurredAt: instant("occurred_at").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("messages_external")
      .on(t.tenantId, t.channelId, t.externalId)
      .where(sql`external_id is not null`),
    uniqueIndex("messages_idempotency")
      .on(t.tenantId, t.idempotencyKey)
      .where(sql`idempotency_key is not null`),
    index("messages_thread").on(
      t.tenantId,
      t.conversationId,
      t.occurredAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("messages_customer").on(t.tenantId, t.customerId, t.occurredAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("messages_outbox")
      .on(t.tenantId, t.status, t.id)
      .where(sql`direction = 'out' and status in ('pending', 'unknown')`),
    // Few: read by those who watch over a channel's sends.
    index("messages_not_sent")
      .on(t.tenantId, t.id)
      .where(sql`direction = 'out' and status = 'failed'`),
    check("messages_direction", oneOf("direction", messageDirections)),
    check("messages_kind", oneOf("kind", messageKinds)),
    check("messages_status", oneOf("status", messageStatuses)),
    foreignKey({
      name: "messages_conversation_fk",
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "messages_customer_fk",
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
  ],
);

export const messageEventKinds = ["status", "reaction", "edit", "revoke"] as const;

/**
 * What happened to a message after it was written. The unique key is how a repeated status is known;
 * a row without `message_id` is parked until the message it speaks of arrives.
 */
export const messageEvents = pgTable(
  "message_events",
  {
    tenantId: tenantId(),
    id: rowId(),
    channelId: uuid("channel_id").notNull(),
    dedupeKey: text("dedupe_key").notNull(),
    targetExternalId: text("target_external_id").notNull(),
    messageId: uuid("message_id"),
    kind: text("kind", { enum: messageEventKinds }).notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    webhookLogId: uuid("webhook_log_id"),
    occurredAt: instant("occurred_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("message_events_key").on(t.tenantId, t.channelId, t.dedupeKey),
    index("message_events_parked")
      .on(t.tenantId, t.channelId, t.targetExternalId)
      .where(sql`message_id is null`),
    index("message_events_message").on(t.tenantId, t.messageId, t.id),
    check("message_events_kind", oneOf("kind", messageEventKinds)),
    foreignKey({
      name: "message_events_message_fk",
      columns: [t.tenantId, t.messageId],
      foreignColumns: [messages.tenantId, messages.id],
    }).onDelete("cascade"),
  ],
);
