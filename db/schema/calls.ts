import { sql } from "drizzle-orm";
import {
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
import { channelConfigurations } from "./channels.ts";
import { cents, createdAt, currency, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { tenants } from "./tenants.ts";

export const callDirections = ["in", "out"] as const;
/** In the order a call goes through them; the second line is how it may end. */
export const callStatuses = [
  "queued",
  "ringing",
  "in_progress",
  "forwarded",
  "voicemail",
  "completed",
  "no_answer",
  "busy",
  "failed",
  "canceled",
] as const;
/** In SQL: a customer called and nobody spoke to them. Word for word, for the index of these calls to serve. */
export const missedCalls = "direction = 'in' and status in ('voicemail', 'no_answer', 'busy', 'failed', 'canceled')";
export const callSentiments = ["positive", "neutral", "negative", "mixed"] as const;

/** One turn of a call's transcript. `at` is seconds after the call began. */
export interface TranscriptTurn {
  speaker: "agent" | "customer" | "tool";
  text: string;
  at: number | null;
}

/** A phone call through Twilio, Vapi or Retell (S2.3): every event of it completes the one row, in any order. */
export const callLogs = pgTable(
  "call_logs",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    channelId: uuid("channel_id").notNull(),
    provider: text("provider").notNull(),
    /** The provider's call id. */
    externalId: text("external_id").notNull(),
    customerId: uuid("customer_id"),
    conversationId: uuid("conversation_id"),
    /** Its line in the thread. */
    messageId: uuid("message_id"),
    assistantId: text("assistant_id"),
    fromNumber: text("from_number"),
    toNumber: text("to_number"),
    forwardedFrom: text("forwarded_from"),
    direction: text("direction", { enum: callDirections }).notNull(),
    status: text("status", { enum: callStatuses }).notNull(),
    durationSeconds: integer("duration_seconds"),
    costCents: cents("cost_cents"),
    currency: currency(),
    recordingUrl: text("recording_url"),
    transcript: jsonb("transcript").$type<TranscriptTurn[]>().notNull().default([]),
    summary: text("summary"),
    sentiment: text("sentiment", { enum: callSentiments }),
    /** The provider's word for why it ended. */
    endedReason: text("ended_reason"),
    /** What the voice agent did, in order: [{name, at, result}]. */
    actionsPerformed: jsonb("actions_performed").$type<Record<string, unknown>[]>().notNull().default([]),
    appointmentId: uuid("appointment_id"),
    prospectId: uuid("prospect_id"),
    ticketId: uuid("ticket_id"),
    startedAt: instant("started_at").notNull(),
    answeredAt: instant("answered_at"),
    endedAt: instant("ended_at"),
    /** When the provider was last asked what became of it, because its events stopped coming. */
    reconciledAt: instant("reconciled_at"),
    /** When to ask next, if nothing is heard until then; null once there is nothing to wait for. */
    reconcileAt: instant("reconcile_at"),
    /** When a missed call is looked at: whether nobody has spoken to the caller since. null: nothing is to be looked at. */
    followUpAt: instant("follow_up_at"),
    webhookLogId: uuid("webhook_log_id"),
    metadata: jsonb("metadata").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("call_logs_external").on(t.tenantId, t.channelId, t.externalId),
    index("call_logs_list").on(t.tenantId, t.startedAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("call_logs_customer").on(t.tenantId, t.customerId, t.startedAt.desc().nullsFirst()),
    index("call_logs_prospect")
      .on(t.tenantId, t.prospectId)
      .where(sql`prospect_id is not null`),
    // What is to be asked about, across tenants, read by the door `due`.
    index("call_logs_due")
      .on(t.tenantId, t.reconcileAt)
      .where(sql`reconcile_at is not null`),
    index("call_logs_follow_up")
      .on(t.tenantId, t.followUpAt)
      .where(sql`follow_up_at is not null`),
    index("call_logs_missed")
      .on(t.tenantId, t.startedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql.raw(missedCalls)),
    check("call_logs_direction", oneOf("direction", callDirections)),
    check("call_logs_status", oneOf("status", callStatuses)),
    check("call_logs_sentiment", oneOf("sentiment", callSentiments)),
    foreignKey({
      name: "call_logs_channel_fk",
      columns: [t.tenantId, t.channelId],
      foreignColumns: [channelConfigurations.tenantId, channelConfigurations.id],
    }).onDelete("restrict"),
  ],
);

/** A function that a voice agent called. The unique key makes a provider's retry find the first answer. */
export const callFunctions = pgTable(
  "call_functions",
  {
    tenantId: tenantId(),
    id: rowId(),
    callId: uuid("call_id").notNull(),
    /** The provider's id of this function call, else a hash of its name and arguments. */
    key: text("key").notNull(),
    name: text("name").notNull(),
    arguments: jsonb("arguments").$type<Record<string, unknown>>().notNull(),
    /** null while it runs. */
    result: text("result"),
    error: text("error"),
    milliseconds: integer("milliseconds"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("call_functions_key").on(t.tenantId, t.callId, t.key),
    foreignKey({
      name: "call_functions_call_fk",
      columns: [t.tenantId, t.callId],
      foreignColumns: [callLogs.tenantId, callLogs.id],
    }).onDelete("cascade"),
  ],
);
