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
import { channelConfigurations, channelTypes } from "./channels.ts";
import { cents, createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { customers } from "./customers.ts";
import { memberships, tenants } from "./tenants.ts";

/** `snoozed`: out of sight until its time or the customer's next word. `spam`: out of sight, and what comes makes no noise. */
export const conversationStatuses = ["open", "snoozed", "resolved", "spam"] as const;
export type ConversationStatus = (typeof conversationStatuses)[number];
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

/** One thread per person's address and channel, across its whole life: a new message reopens it. */
export const conversations = pgTable(
  "conversations",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    customerId: uuid("customer_id").notNull(),
    channelId: uuid("channel_id").notNull(),
    channelType: text("channel_type", { enum: channelTypes }).notNull(),
    /** Where the person is reached on this channel. */
    addressKind: text("address_kind").notNull(),
    addressValue: text("address_value").notNull(),
    /** Mail has many threads per person: the id of the one's first message. Empty on channels that have one. */
    threadKey: text("thread_key").notNull().default(""),
    subject: text("subject"),
    /** Everybody in the thread, lower-case addresses; the business's own left out. */
    participants: text("participants").array().notNull().default([]),
    status: text("status", { enum: conversationStatuses }).notNull().default("open"),
    archived: boolean("archived").notNull().default(false),
    /** When a snoozed conversation comes back; null for every other. */
    snoozedUntil: instant("snoozed_until"),
    assigneeId: uuid("assignee_id"),
    teamId: uuid("team_id"),
    /** Since when a rule looks for somebody who can take it; null while none does. */
    seekingSince: instant("seeking_since"),
    unreadCount: integer("unread_count").notNull().default(0),
    /** Kept by triggers from the messages, internal ones left out. */
    messageCount: integer("message_count").notNull().default(0),
    lastMessageAt: instant("last_message_at").notNull(),
    lastMessagePreview: text("last_message_preview"),
    lastMessageDirection: text("last_message_direction"),
    /** Opens the reply window. */
    lastInboundAt: instant("last_inbound_at"),
    lastOutboundAt: instant("last_outbound_at"),
    /** Since when the customer waits for us; null when they do not. */
    waitingSince: instant("waiting_since"),
    resolvedAt: instant("resolved_at"),
    resolvedBy: uuid("resolved_by"),
    metadata: jsonb("metadata").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("conversations_address").on(t.tenantId, t.channelId, t.addressKind, t.addressValue, t.threadKey),
    // Where a mail that others spoke of finds them: by its own name, whoever they are with.
    index("conversations_thread")
      .on(t.tenantId, t.channelId, t.threadKey)
      .where(sql`thread_key <> ''`),
    index("conversations_list").on(t.tenantId, t.status, t.lastMessageAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("conversations_archived")
      .on(t.tenantId, t.lastMessageAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`archived`),
    index("conversations_assignee").on(
      t.tenantId,
      t.status,
      t.assigneeId,
      t.lastMessageAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("conversations_team")
      .on(t.tenantId, t.teamId, t.status, t.lastMessageAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`team_id is not null`),
    index("conversations_seeking")
      .on(t.tenantId, t.seekingSince, t.id)
      .where(sql`seeking_since is not null`),
    index("conversations_unread")
      .on(t.tenantId, t.id)
      .where(sql`unread_count > 0 and status = 'open'`),
    index("conversations_customer").on(t.tenantId, t.customerId, t.lastMessageAt.desc().nullsFirst()),
    // Few at a time: what the job that wakes them reads.
    index("conversations_snoozed")
      .on(t.tenantId, t.snoozedUntil)
      .where(sql`snoozed_until is not null`),
    check("conversations_status_check", oneOf("status", conversationStatuses)),
    check("conversations_snoozed_check", sql`(status = 'snoozed') = (snoozed_until is not null)`),
    foreignKey({
      name: "conversations_customer_fk",
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "conversations_channel_fk",
      columns: [t.tenantId, t.channelId],
      foreignColumns: [channelConfigurations.tenantId, channelConfigurations.id],
    }).onDelete("restrict"),
  ],
);

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

/** Ready-made answers (S0.6). `{{name}}`-style variables are filled when used. */
export const quickReplies = pgTable(
  "quick_replies",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    shortcut: text("shortcut").notNull(),
    template: text("template").notNull(),
    category: text("category").notNull().default("general"),
    usageCount: integer("usage_count").notNull().default(0),
    /** A member's own; null: everybody's. */
    ownerId: uuid("owner_id"),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("quick_replies_shortcut")
      .on(t.tenantId, t.shortcut)
      .where(sql`owner_id is null`),
    uniqueIndex("quick_replies_own_shortcut")
      .on(t.tenantId, t.ownerId, t.shortcut)
      .where(sql`owner_id is not null`),
    foreignKey({
      name: "quick_replies_owner",
      columns: [t.tenantId, t.ownerId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);
