import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { conversations } from "./conversations.ts";
import { memberships } from "./tenants.ts";

/** What a member is writing in a conversation and has not sent: one per member and conversation. */
export const drafts = pgTable(
  "drafts",
  {
    tenantId: tenantId(),
    conversationId: uuid("conversation_id").notNull(),
    userId: uuid("user_id").notNull(),
    /** Written for the team, not for the customer. */
    note: boolean("note").notNull().default(false),
    text: text("text").notNull().default(""),
    /** Uploads that are to go along, in their order. */
    attachmentIds: uuid("attachment_ids").array().notNull().default([]),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.conversationId, t.userId] }),
    index("drafts_member").on(t.tenantId, t.userId),
    foreignKey({
      name: "drafts_conversation",
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "drafts_member_fk",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);

export const scheduledStatuses = ["scheduled", "failed", "cancelled"] as const;

/**
 * A reply that leaves later: in a few seconds, until when its writer may take it back, or at a time they chose. Then it
 * becomes a message, in the same transaction in which this row goes; its key lets there be one message whatever happens.
 * What was cancelled stays without its words, so that the key is never written again.
 */
export const scheduledMessages = pgTable(
  "scheduled_messages",
  {
    tenantId: tenantId(),
    id: rowId(),
    conversationId: uuid("conversation_id").notNull(),
    authorId: uuid("author_id").notNull(),
    text: text("text").notNull(),
    attachmentIds: uuid("attachment_ids").array().notNull().default([]),
    replyToId: uuid("reply_to_id"),
    subject: text("subject"),
    /** null: everybody in the thread. */
    cc: text("cc").array(),
    idempotencyKey: text("idempotency_key").notNull(),
    scheduledFor: instant("scheduled_for").notNull(),
    /** Only held back for the seconds in which it may be taken back; false: its writer chose the time. */
    held: boolean("held").notNull(),
    /** Cancelled when the customer has written since. */
    unlessAnswered: boolean("unless_answered").notNull().default(false),
    status: text("status", { enum: scheduledStatuses }).notNull().default("scheduled"),
    /** Why it could not be sent, or was cancelled by the program: a key that the interface words. */
    refusal: text("refusal"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("scheduled_messages_key").on(t.tenantId, t.idempotencyKey),
    index("scheduled_messages_thread").on(t.tenantId, t.conversationId, t.scheduledFor),
    // What is due, across tenants, read by the door `due`.
    index("scheduled_messages_due")
      .on(t.tenantId, t.scheduledFor)
      .where(sql`status = 'scheduled'`),
    check("scheduled_messages_status", oneOf("status", scheduledStatuses)),
    foreignKey({
      name: "scheduled_messages_conversation",
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "scheduled_messages_author",
      columns: [t.tenantId, t.authorId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);
