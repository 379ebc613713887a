import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { appointments } from "./appointments.ts";
import { channelTypes } from "./channels.ts";
import { createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { tenants } from "./tenants.ts";

/** What a customer is told of an appointment. `move_link`: their answer to who asked to move it. */
export const appointmentMessageKinds = [
  "confirmation",
  "change",
  "reminder_24h",
  "reminder_1h",
  "cancellation",
  "no_show",
  "move_link",
] as const;
/** Those that a business words and switches, and the offer of a time to who waits for one. */
export const wordedMessageKinds = [
  "confirmation",
  "change",
  "reminder_24h",
  "reminder_1h",
  "cancellation",
  "no_show",
  "waitlist_offer",
] as const;
export const appointmentMessageStatuses = ["planned", "sent", "not_sent"] as const;
/** Why something that was planned was not sent. */
export const appointmentMessageReasons = [
  "turned_off",
  "by_hand",
  "sent_elsewhere",
  "told_already",
  "rescheduled",
  "cancelled",
  "over",
  "reopened",
  "erased",
  "blocked",
  "too_late",
  "quiet_hours",
  "opted_out",
  "window_closed",
  "no_way",
  "channel_unavailable",
  "too_long",
] as const;
export const appointmentAnswers = ["confirmed", "move"] as const;

/** One message about one appointment as it stood: owed once for each `version`, which counts how often it was opened again. */
export const appointmentMessages = pgTable(
  "appointment_messages",
  {
    tenantId: tenantId(),
    id: rowId(),
    appointmentId: uuid("appointment_id").notNull(),
    version: smallint("version").notNull().default(1),
    kind: text("kind", { enum: appointmentMessageKinds }).notNull(),
    status: text("status", { enum: appointmentMessageStatuses }).notNull().default("planned"),
    reason: text("reason", { enum: appointmentMessageReasons }),
    /** When it is to be sent, or was. */
    dueAt: instant("due_at").notNull(),
    /** A member asked for it to leave now: the hours that are quiet do not hold it back. */
    asked: boolean("asked").notNull().default(false),
    /** By which channel, in which conversation and as which message it left. */
    channelType: text("channel_type", { enum: channelTypes }),
    conversationId: uuid("conversation_id"),
    messageId: uuid("message_id"),
    /** The message's own instant. */
    sentAt: instant("sent_at"),
    /** Until when `1` and `2` answer it; null: it asks nothing. */
    answerableUntil: instant("answerable_until"),
    answer: text("answer", { enum: appointmentAnswers }),
    answeredAt: instant("answered_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("appointment_messages_once").on(t.tenantId, t.appointmentId, t.version, t.kind),
    // What is due, across tenants, read by the door `due`.
    index("appointment_messages_due")
      .on(t.tenantId, t.dueAt)
      .where(sql`status = 'planned'`),
    index("appointment_messages_conversation")
      .on(t.tenantId, t.conversationId, t.sentAt)
      .where(sql`conversation_id is not null`),
    check("appointment_messages_kind", oneOf("kind", appointmentMessageKinds)),
    check("appointment_messages_status", oneOf("status", appointmentMessageStatuses)),
    check("appointment_messages_reason", sql`(status = 'not_sent') = (reason is not null)`),
    check("appointment_messages_sent", sql`(status = 'sent') = (message_id is not null)`),
    check("appointment_messages_answer", oneOf("answer", appointmentAnswers)),
    foreignKey({
      name: "appointment_messages_appointment_fk",
      columns: [t.tenantId, t.appointmentId],
      foreignColumns: [appointments.tenantId, appointments.id],
    }).onDelete("cascade"),
  ],
);

/** How a business words one kind of message; without a row, as the program proposes. */
export const appointmentMessageWords = pgTable(
  "appointment_message_words",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: wordedMessageKinds }).notNull(),
    enabled: boolean("enabled").notNull(),
    /** null: the program's words. */
    textFr: text("text_fr"),
    textEn: text("text_en"),
    /** The approved message that takes its place outside a reply window, and what its variables stand for. */
    templateName: text("template_name"),
    templateValues: jsonb("template_values").$type<Record<string, string>>().notNull().default({}),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.kind] }),
    check("appointment_message_words_kind", oneOf("kind", wordedMessageKinds)),
  ],
);

/** When messages about appointments may leave, by the business's clock, and how long an offered time is kept. */
export const appointmentMessageSettings = pgTable(
  "appointment_message_settings",
  {
    tenantId: tenantId()
      .primaryKey()
      .references(() => tenants.id, { onDelete: "cascade" }),
    sendFrom: text("send_from").notNull().default("08:00"),
    sendUntil: text("send_until").notNull().default("20:00"),
    offerMinutes: smallint("offer_minutes").notNull().default(30),
    updatedAt: updatedAt(),
  },
  () => [
    check("appointment_message_settings_hours", sql`send_from < send_until`),
    check("appointment_message_settings_offer", sql`offer_minutes between 5 and 1440`),
  ],
);
