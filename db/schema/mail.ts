import { bigint, foreignKey, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { channelConfigurations } from "./channels.ts";
import { createdAt, instant, tenantId, updatedAt } from "./columns.ts";
import { messages } from "./messages.ts";

/** How far a mailbox's folder was read. UIDVALIDITY and UID together: a new validity begins anew, without importing again. */
export const mailFolders = pgTable(
  "mail_folders",
  {
    tenantId: tenantId(),
    channelId: uuid("channel_id").notNull(),
    folder: text("folder").notNull(),
    uidValidity: bigint("uid_validity", { mode: "number" }).notNull(),
    lastUid: bigint("last_uid", { mode: "number" }).notNull().default(0),
    /** idle, polling, or away. */
    mode: text("mode").notNull().default("away"),
    checkedAt: instant("checked_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.channelId, t.folder] }),
    foreignKey({
      name: "mail_folders_channel_fk",
      columns: [t.tenantId, t.channelId],
      foreignColumns: [channelConfigurations.tenantId, channelConfigurations.id],
    }).onDelete("cascade"),
  ],
);

/** Which process reads a mailbox, and until when unless it says so again. One that lapsed is anybody's. */
export const mailboxLeases = pgTable(
  "mailbox_leases",
  {
    tenantId: tenantId(),
    channelId: uuid("channel_id").notNull(),
    /** A process's own random id. */
    heldBy: uuid("held_by").notNull(),
    heldUntil: instant("held_until").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.channelId] }),
    foreignKey({
      name: "mailbox_leases_channel_fk",
      columns: [t.tenantId, t.channelId],
      foreignColumns: [channelConfigurations.tenantId, channelConfigurations.id],
    }).onDelete("cascade"),
  ],
);

/** What a mail carries beside its visible text, kept out of the thread's rows. */
export const mailBodies = pgTable(
  "mail_bodies",
  {
    tenantId: tenantId(),
    messageId: uuid("message_id").notNull(),
    /** Sanitised; remote images are blocked when shown, not when kept. */
    html: text("html"),
    /** What was quoted from earlier mails, folded in the thread. */
    quotedText: text("quoted_text"),
    signature: text("signature"),
    /** from, to, cc, replyTo, messageId, inReplyTo, references, automatic … */
    headers: jsonb("headers").$type<Record<string, unknown>>().notNull().default({}),
    /** The mail as it came, in storage. */
    rawKey: text("raw_key"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.messageId] }),
    foreignKey({
      name: "mail_bodies_message_fk",
      columns: [t.tenantId, t.messageId],
      foreignColumns: [messages.tenantId, messages.id],
    }).onDelete("cascade"),
  ],
);
