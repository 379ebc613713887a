import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { channelTypes } from "./channels.ts";
import { createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { conversations } from "./conversations.ts";
import { tenants } from "./tenants.ts";

/** Kinds of channels on which a question can be asked and answered in writing. */
export const surveyChannelTypes = ["whatsapp", "sms", "instagram", "email"] as const;
export type SurveyChannelType = (typeof surveyChannelTypes)[number];

/** How satisfaction is asked for, in the whole business. Without a row, as the program proposes. */
export const surveySettings = pgTable(
  "survey_settings",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    /** Nothing is asked outside these hours of the business's clock, `09:00`. */
    sendFrom: text("send_from").notNull().default("09:00"),
    sendUntil: text("send_until").notNull().default("20:00"),
    /** Nor while the business is closed. */
    businessHours: boolean("business_hours").notNull().default(false),
    /** Days during which a customer who was asked is not asked again. */
    restDays: integer("rest_days").notNull().default(30),
    /** Days during which an answer may be given, and changed. */
    answerDays: integer("answer_days").notNull().default(7),
    /** Scores up to this one are told of; null: none. */
    lowScore: smallint("low_score").default(2),
    tellAssignee: boolean("tell_assignee").notNull().default(true),
    tellManagers: boolean("tell_managers").notNull().default(true),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    check("survey_settings_hours", sql`send_from < send_until`),
    check("survey_settings_days", sql`rest_days between 0 and 365 and answer_days between 1 and 60`),
    check("survey_settings_low_score", sql`low_score between 1 and 4`),
  ],
);

/** Whether and how one kind of channel asks. Without a row it does not. */
export const surveyChannels = pgTable(
  "survey_channels",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    channelType: text("channel_type", { enum: surveyChannelTypes }).notNull(),
    enabled: boolean("enabled").notNull().default(false),
    /** From the resolution to the question. */
    delayMinutes: integer("delay_minutes").notNull().default(60),
    /** The business's own words; null: the program's. */
    questionFr: text("question_fr"),
    questionEn: text("question_en"),
    /** The approved message that asks where the reply window is closed; null: then nobody is asked. */
    templateName: text("template_name"),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.channelType] }),
    check("survey_channels_type", oneOf("channel_type", surveyChannelTypes)),
    check("survey_channels_delay", sql`delay_minutes between 0 and 43200`),
  ],
);

export const surveyStatuses = ["planned", "asked", "answered", "not_sent"] as const;
/** Why a planned question was not asked. */
export const surveyReasons = [
  "turned_off",
  "reopened",
  "merged",
  "spam",
  "blocked",
  "erased",
  "waiting",
  "no_human_reply",
  "already_asked",
  "too_soon",
  "window_closed",
  "opted_out",
  "channel_unavailable",
] as const;
export type SurveyReason = (typeof surveyReasons)[number];
export const surveyWays = ["link", "reply"] as const;

/** One question after one resolution, of a ticket or of a conversation, and its answer. */
export const surveys = pgTable(
  "surveys",
  {
    tenantId: tenantId(),
    id: rowId(),
    conversationId: uuid("conversation_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    channelType: text("channel_type", { enum: channelTypes }).notNull(),
    /** What was resolved; null: the conversation. */
    ticketId: uuid("ticket_id"),
    /** Whose work it was: the assignee, else who resolved it. */
    memberId: uuid("member_id"),
    status: text("status", { enum: surveyStatuses }).notNull().default("planned"),
    /** Why nothing was sent. */
    reason: text("reason", { enum: surveyReasons }),
    resolvedAt: instant("resolved_at").notNull(),
    /** When it is to be asked, or was; lists go by it. */
    dueAt: instant("due_at").notNull(),
    askedAt: instant("asked_at"),
    messageId: uuid("message_id"),
    /** The customer's, at the time. */
    language: text("language"),
    /** SHA-256 of what the links carry. */
    tokenHash: text("token_hash"),
    /** The same, sealed for this row: put into the mail as it leaves. */
    tokenSealed: text("token_sealed"),
    /** Until when it may be answered, and the answer changed. */
    answerableUntil: instant("answerable_until"),
    score: smallint("score"),
    comment: text("comment"),
    answeredAt: instant("answered_at"),
    answeredBy: text("answered_by", { enum: surveyWays }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("surveys_token").on(t.tokenHash),
    // One at a time: a ticket and its conversation are asked about together.
    uniqueIndex("surveys_planned_once")
      .on(t.tenantId, t.conversationId)
      .where(sql`status = 'planned'`),
    // What is due, across tenants, read by the door `due`.
    index("surveys_due")
      .on(t.tenantId, t.dueAt)
      .where(sql`status = 'planned'`),
    index("surveys_conversation").on(t.tenantId, t.conversationId, t.askedAt),
    index("surveys_customer").on(t.tenantId, t.customerId, t.dueAt.desc().nullsFirst()),
    // What was asked, as the list shows it and figures count it.
    index("surveys_asked")
      .on(t.tenantId, t.dueAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`status in ('asked', 'answered')`),
    index("surveys_status").on(t.tenantId, t.status, t.dueAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("surveys_member").on(t.tenantId, t.memberId, t.dueAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    check("surveys_status_check", oneOf("status", surveyStatuses)),
    check("surveys_reason", sql`(status = 'not_sent') = (reason is not null)`),
    check("surveys_score_check", sql`score between 1 and 5`),
    check("surveys_answered", sql`(status = 'answered') = (score is not null)`),
    check("surveys_answered_by", oneOf("answered_by", surveyWays)),
    foreignKey({
      name: "surveys_conversation_fk",
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
  ],
);

/**
 * Questions that were asked and what they were given, counted by week, member and kind of channel: what figures read instead of
 * the surveys. Kept by a trigger, as each transaction commits.
 */
export const surveyWeeks = pgTable(
  "survey_weeks",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    /** When it began, a Monday in UTC; a survey belongs to the week it was asked in. */
    week: instant("week").notNull(),
    /** All zeros: nobody's. */
    memberId: uuid("member_id").notNull(),
    channelType: text("channel_type", { enum: channelTypes }).notNull(),
    /** Whether or not the question arrived. */
    asked: integer("asked").notNull(),
    scored1: integer("scored_1").notNull(),
    scored2: integer("scored_2").notNull(),
    scored3: integer("scored_3").notNull(),
    scored4: integer("scored_4").notNull(),
    scored5: integer("scored_5").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.week, t.memberId, t.channelType] })],
);
