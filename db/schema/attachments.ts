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
  uuid,
} from "drizzle-orm/pg-core";
import { callLogs } from "./calls.ts";
import { createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { messages } from "./messages.ts";
import { tenants } from "./tenants.ts";
import { ticketEvents } from "./tickets.ts";

export const attachmentKinds = ["image", "audio", "video", "document", "sticker"] as const;
/** `waiting` is to be fetched from the provider; `refused` is a file we will not keep; `expired` one the provider no longer has. */
export const attachmentStatuses = ["waiting", "stored", "failed", "refused", "expired"] as const;

/** A file of a message, a call or a note on a ticket: what the provider named, and what was found in it. The bytes are in storage. */
export const attachments = pgTable(
  "attachments",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    /** null: uploaded by a member, not sent yet. */
    messageId: uuid("message_id"),
    /** A recording's call. */
    callId: uuid("call_id"),
    /** Of a note on a ticket. */
    ticketEventId: uuid("ticket_event_id"),
    channelId: uuid("channel_id"),
    /** Its place among the files of its message. */
    position: integer("position").notNull().default(0),
    kind: text("kind", { enum: attachmentKinds }).notNull(),
    status: text("status", { enum: attachmentStatuses }).notNull().default("waiting"),
    /** Why it is not stored: a key that the interface words. */
    reason: text("reason"),
    fileName: text("file_name"),
    /** What the sender said it is. */
    declaredType: text("declared_type"),
    /** What its bytes say it is. */
    mimeType: text("mime_type"),
    bytes: integer("bytes"),
    sha256: text("sha256"),
    width: integer("width"),
    height: integer("height"),
    storageKey: text("storage_key"),
    /** The provider's reference, as the message event carried it. */
    source: jsonb("source").$type<Record<string, unknown>>(),
    /** Shown inside the text of a mail, by `contentId`. */
    inline: boolean("inline").notNull().default(false),
    contentId: text("content_id"),
    uploadedBy: uuid("uploaded_by"),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("attachments_message").on(t.tenantId, t.messageId, t.position),
    index("attachments_call").on(t.tenantId, t.callId),
    // What is still to be fetched, and what was uploaded and never sent: across tenants, read by the door `due`.
    index("attachments_due")
      .on(t.tenantId, t.id)
      .where(sql`status = 'waiting'`),
    index("attachments_unused")
      .on(t.tenantId, t.id)
      .where(sql`message_id is null and call_id is null and ticket_event_id is null`),
    index("attachments_ticket_event")
      .on(t.tenantId, t.ticketEventId, t.position)
      .where(sql`ticket_event_id is not null`),
    // A message sent again shares its file with the first attempt.
    index("attachments_storage").on(t.tenantId, t.storageKey),
    check("attachments_kind", oneOf("kind", attachmentKinds)),
    check("attachments_status", oneOf("status", attachmentStatuses)),
    foreignKey({
      name: "attachments_message_fk",
      columns: [t.tenantId, t.messageId],
      foreignColumns: [messages.tenantId, messages.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "attachments_call_fk",
      columns: [t.tenantId, t.callId],
      foreignColumns: [callLogs.tenantId, callLogs.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "attachments_ticket_event_fk",
      columns: [t.tenantId, t.ticketEventId],
      foreignColumns: [ticketEvents.tenantId, ticketEvents.id],
    }).onDelete("cascade"),
  ],
);

/** Bytes whose row is gone, written by a trigger: a job removes them from storage, then the row. No foreign key: it outlives its tenant. */
export const storageRemovals = pgTable(
  "storage_removals",
  {
    tenantId: tenantId(),
    /** Of the row that held the key. */
    id: rowId(),
    storageKey: text("storage_key").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
);
