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
import { createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { customers } from "./customers.ts";
import { tenants } from "./tenants.ts";

/**
 * `snoozed`: out of sight until its time or the customer's next word. `spam`: out of sight, and what comes makes no
 * noise. `merged`: it goes on in another.
 */
export const conversationStatuses = ["open", "snoozed", "resolved", "spam", "merged"] as const;
export type ConversationStatus = (typeof conversationStatuses)[number];

/** Where a conversation stood; instants as ISO 8601. */
export interface StoredConversationState {
  status: ConversationStatus;
  archived: boolean;
  snoozedUntil: string | null;
  resolvedAt: string | null;
  resolvedBy: string | null;
}

/** What undoing a conversation's merge gives back, as far as nobody has changed it since. */
export interface ConversationMerge {
  at: string;
  /** How the conversation stood. */
  before: StoredConversationState;
  /** How the one that it goes on in stood, where the merge opened that. */
  opened: { before: StoredConversationState; after: StoredConversationState } | null;
  /** Labels, assignee and team that the other has from this one. */
  labels: string[];
  assigneeId: string | null;
  teamId: string | null;
  /** Members whose drafts went along. */
  drafts: string[];
}
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
    /** Until when a bare score may answer a survey that was asked here; null: none was, lately. */
    surveyUntil: instant("survey_until"),
    /** Until when `1` and `2` may answer a message about an appointment here; null: there was none, lately. */
    appointmentUntil: instant("appointment_until"),
    /** The conversation that it was merged into; its status is `merged` then. */
    mergedIntoId: uuid("merged_into_id"),
    /** In whose thread it is read: the last of those that it was merged into. Null: in its own. */
    threadId: uuid("thread_id"),
    mergedState: jsonb("merged_state").$type<ConversationMerge>(),
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
    // Few: what was merged, by the thread that it is read in.
    index("conversations_merged")
      .on(t.tenantId, t.threadId)
      .where(sql`thread_id is not null`),
    check("conversations_status_check", oneOf("status", conversationStatuses)),
    check(
      "conversations_merged_check",
      sql`(status = 'merged') = (merged_into_id is not null) and (status = 'merged') = (thread_id is not null) and (status = 'merged') = (merged_state is not null)`,
    ),
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
