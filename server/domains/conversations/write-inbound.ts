import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { AnsweredAppointment } from "./appointment-answer-in.ts";
import { appointmentAnswerIn } from "./appointment-answer-in.ts";
import type { ReceivingChannel } from "./find-receiving-channels.ts";
import type { Place } from "./place-messages.ts";
import type { InboundMessage } from "./receive-messages.ts";
import type { SurveyAnswer } from "./score-in.ts";
import { scoreIn } from "./score-in.ts";

/** A message that was not there before. */
export interface WrittenInbound {
  messageId: string;
  channelId: string;
  externalId: string;
  conversationId: string;
  customerId: string;
  direction: "in" | "out";
  text: string;
  occurredAt: Date;
  place: Place;
  /** Written by a program, a word for the carrier such as STOP, or nothing but a score or a yes: nobody waits for an answer to it. */
  automatic: boolean;
  /** The survey that it answers. */
  answer: SurveyAnswer | null;
  /** The message about an appointment that it answers. */
  appointment: AnsweredAppointment | null;
  /** From somebody who is blocked, or in a thread that is spam: kept, and nobody is told. */
  quiet: boolean;
}

type Placed = InboundMessage & { channel: ReceivingChannel; place: Place };

/**
 * Writes messages with the activity that each is on its customer's timeline, and one analytics event a
 * channel. Answers in order, null for those that are there already: the provider's id is unique per channel.
 */
export async function writeInbound(ctx: Ctx, placed: readonly Placed[]): Promise<(WrittenInbound | null)[]> {
  const ids = placed.map(() => newId());
  const rows = placed.map((message, at) => ({ ...rowOf(message), id: ids[at], activity_id: newId() }));
  const now = ctx.clock.now().toISOString();
  const written = await withTenant(ctx, (tx) =>
    tx.execute<{ id: string }>(sql`
      with told as (
        select * from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
          as told (id uuid, activity_id uuid, conversation_id uuid, customer_id uuid, channel_id uuid, channel_type text, provider text,
                   direction text, kind text, text text, media jsonb, data jsonb, reply_to text, status text, external_id text, subject text,
                   read boolean, log_id uuid, occurred_at timestamptz)
      ), written as (
        insert into messages (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, provider, direction, kind, text, media,
                              data, reply_to_external_id, status, sent_at, external_id, subject, echo, read, webhook_log_id, occurred_at,
                              created_at, updated_at)
        select ${ctx.tenantId}::uuid, id, conversation_id, customer_id, channel_id, channel_type, provider, direction, kind, text, media, data,
               reply_to, status, case direction when 'out' then occurred_at end, external_id, subject, direction = 'out', read, log_id,
               occurred_at, ${now}::timestamptz, ${now}::timestamptz
          from told
        on conflict (tenant_id, channel_id, external_id) where external_id is not null do nothing
        returning id
      ), noted as (
        insert into customer_activities (tenant_id, id, customer_id, type, channel, description, message_id, conversation_id, occurred_at, created_at)
        select ${ctx.tenantId}::uuid, activity_id, customer_id, case direction when 'in' then 'message_received' else 'message_sent' end,
               channel_type, left(text, 200), id, conversation_id, occurred_at, ${now}::timestamptz
          from told join written using (id)
      ), counted as (
        insert into analytics_events (tenant_id, id, event_type, event_data, created_at)
        select ${ctx.tenantId}::uuid, (array_agg(activity_id order by activity_id))[1], 'messages.received',
               jsonb_build_object('channelId', channel_id, 'channelType', min(channel_type), 'direction', direction, 'count', count(*)),
               ${now}::timestamptz
          from told join written using (id) group by channel_id, direction
      )
      select id from written`),
  );
  const isNew = new Set(written.map((row) => row.id));
  return placed.map(({ channelId, event, place }, at) => {
    const messageId = ids[at]!;
    if (!isNew.has(messageId)) return null;
    const { conversationId, customerId } = place;
    const answer = scoreIn(place, event);
    const appointment = appointmentAnswerIn(place, event);
    return {
      messageId,
      channelId,
      conversationId,
      customerId,
      place,
      automatic:
        (event.thread?.automatic ?? false) ||
        event.keyword !== undefined ||
        answer?.alone === true ||
        appointment?.answer === "confirmed",
      answer,
      appointment,
      quiet: event.direction === "in" && place.quiet,
      externalId: event.messageId,
      direction: event.direction,
      text: event.content.text,
      occurredAt: event.occurredAt,
    };
  });
}

function rowOf({ channel, place, webhookLogId, event }: Placed) {
  const quiet = event.direction === "in" && place.quiet;
  const answer = scoreIn(place, event);
  const appointment = appointmentAnswerIn(place, event);
  return {
    conversation_id: place.conversationId,
    customer_id: place.customerId,
    channel_id: channel.id,
    channel_type: channel.channelType,
    provider: channel.provider,
    direction: event.direction,
    kind: event.content.kind,
    text: event.content.text,
    media: event.content.media,
    data: quiet
      ? { ...event.content.data, quiet }
      : answer
        ? withScore(event, answer)
        : appointment
          ? withAnswer(event, appointment)
          : event.content.data,
    reply_to: event.replyToId,
    status: event.direction === "in" ? "received" : "sent",
    read: event.direction === "out" || quiet || answer?.alone === true || appointment?.answer === "confirmed",
    external_id: event.messageId,
    subject: event.thread?.subject ?? null,
    log_id: webhookLogId,
    occurred_at: event.occurredAt,
  };
}

/** A score alone is as little waited on as a program's words. */
function withScore({ content }: InboundMessage["event"], { score, alone }: SurveyAnswer) {
  return { ...content.data, score, ...(alone ? { automatic: "score" } : {}) };
}

/** Who comes has nothing to wait for; who wants another time does. */
function withAnswer({ content }: InboundMessage["event"], { answer }: AnsweredAppointment) {
  return { ...content.data, appointment: answer, ...(answer === "confirmed" ? { automatic: "appointment" } : {}) };
}

/** A message by the provider's id. */
export interface ExternalMessage {
  channelId: string;
  externalId: string;
}

/** Where messages are that we have already, by `channel id`, space, `external id`. */
export async function findWritten(
  ctx: Ctx,
  wanted: readonly ExternalMessage[],
): Promise<Map<string, { messageId: string; conversationId: string; customerId: string }>> {
  if (wanted.length === 0) return new Map();
  const rows = wanted.map(({ channelId, externalId }) => ({ channel_id: channelId, external_id: externalId }));
  const found = await withTenant(ctx, (tx) =>
    tx.execute<{ key: string; messageId: string; conversationId: string; customerId: string }>(sql`
      select message.channel_id || ' ' || message.external_id as key, message.id as "messageId",
             message.conversation_id as "conversationId", message.customer_id as "customerId"
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as wanted (channel_id uuid, external_id text)
       cross join lateral (
         select * from messages where channel_id = wanted.channel_id and external_id = wanted.external_id offset 0) message`),
  );
  return new Map(found.map(({ key, ...message }) => [key, message]));
}
