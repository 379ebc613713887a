import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import type { ConversationStatus } from "#db/schema/conversations.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { giveWork } from "#server/domains/assignment/index.ts";
import type { CallStatus, PersonRef } from "#server/providers/contract.ts";
import { forgetConversationCounts } from "./count-conversations.ts";
import type { ReceivingChannel } from "./find-receiving-channels.ts";
import { findReceivingChannels } from "./find-receiving-channels.ts";
import { givesWork } from "./give-arrived.ts";
import { placeMessages } from "./place-messages.ts";
import { isQuiet } from "./quiet-senders.ts";
import { reopenConversations } from "./reopen-conversations.ts";

/** A phone call as its thread shows it. */
export interface CallLine {
  callId: string;
  channelId: string;
  /** The provider's call id. */
  externalId: string;
  /** The line that stands there already. */
  messageId: string | null;
  /** Whose thread a new line goes to. */
  who: { person: PersonRef; customerId: string; ambiguous: boolean } | null;
  direction: "in" | "out";
  status: CallStatus;
  durationSeconds: number | null;
  startedAt: Date;
  /** Somebody spoke to the customer: they do not wait for us. */
  answered: boolean;
  underWay: boolean;
  /** What else the line shows of it. */
  facts: CallLineFacts;
  /** It has just become a call that nobody took: a thread that was put away opens again. */
  missedNow: boolean;
}

/** What is read of a call without opening it. */
export interface CallLineFacts {
  missed: boolean;
  summary: string | null;
  sentiment: "positive" | "neutral" | "negative" | "mixed" | null;
  cost: { cents: number; currency: string } | null;
  /** How many turns of it are written down. */
  turns: number;
  /** It, or the message that was left, can be heard. */
  recorded: boolean;
  endedReason: string | null;
}

export type CallPlace = {
  messageId: string;
  conversationId: string;
  customerId: string;
};

/**
 * Writes or brings up to date the one line that each call is in its customer's thread, and the one
 * activity on the customer's timeline. Answers in order; null for a line that was erased.
 */
export async function writeCallLines(ctx: Ctx, lines: readonly CallLine[]): Promise<(CallPlace | null)[]> {
  if (lines.length === 0) return [];
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const { begun, opened } = await beginLines(
      inner,
      lines.filter((line) => line.messageId === null),
    );
    const places = await completeLines(
      inner,
      lines.filter((line) => line.messageId !== null),
    );
    for (const [callId, place] of begun) places.set(callId, place);
    const reopened = await reopenMissed(inner, lines, places);
    await giveWork(inner, { conversationIds: [...opened, ...reopened] });
    tx.afterCommit(() => announce(ctx.tenantId, [...places.values()]));
    return lines.map((line) => places.get(line.callId) ?? null);
  });
}

/** `opened`: conversations that began with a call to a line whose work is given to somebody. */
async function beginLines(
  ctx: Ctx,
  lines: readonly CallLine[],
): Promise<{ begun: Map<string, CallPlace>; opened: string[] }> {
  if (lines.length === 0) return { begun: new Map(), opened: [] };
  const channels = await findReceivingChannels(
    ctx,
    lines.map((line) => line.channelId),
  );
  const known = lines.map((line) => {
    const channel = channels.get(line.channelId);
    if (!channel || !line.who) throw notFound();
    return { line, channel, who: line.who };
  });
  const places = await placeMessages(
    ctx,
    known.map(({ line, channel, who }) => ({
      ...who,
      channelId: channel.id,
      channelType: channel.channelType,
      occurredAt: line.startedAt,
    })),
  );
  const rows = known.map(({ line, channel }, at) => ({
    ...columnsOf(line, places[at]!.quiet),
    ...ofChannel(channel),
    id: newId(),
    activity_id: newId(),
    external_id: line.externalId,
    conversation_id: places[at]!.conversationId,
    customer_id: places[at]!.customerId,
  }));
  const now = ctx.clock.now().toISOString();
  const written = await withTenant(ctx, (tx) =>
    tx.execute<CallPlace & { callId: string }>(sql`
      with told as (
        select * from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
          as told (id uuid, activity_id uuid, call_id uuid, conversation_id uuid, customer_id uuid, channel_id uuid, channel_type text,
                   provider text, external_id text, direction text, text text, data jsonb, status text, read boolean, occurred_at timestamptz)
      ), written as (
        insert into messages as line (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, provider, direction, kind, text,
                                      data, status, external_id, echo, read, occurred_at, created_at, updated_at)
        select ${ctx.tenantId}::uuid, id, conversation_id, customer_id, channel_id, channel_type, provider, direction, 'call', text, data,
               status, external_id, direction = 'out', read, occurred_at, ${now}::timestamptz, ${now}::timestamptz
          from told
        on conflict (tenant_id, channel_id, external_id) where external_id is not null
        do update set text = excluded.text, data = excluded.data, status = excluded.status, read = line.read or excluded.read
        returning id, external_id, channel_id, conversation_id, customer_id, xmax = 0 as is_new
      ), noted as (
        insert into customer_activities (tenant_id, id, customer_id, type, channel, description, message_id, conversation_id, occurred_at, created_at)
        select ${ctx.tenantId}::uuid, told.activity_id, written.customer_id, 'call', 'phone', told.text, written.id, written.conversation_id,
               told.occurred_at, ${now}::timestamptz
          from told join written using (channel_id, external_id) where written.is_new
      )
      select told.call_id as "callId", written.id as "messageId", written.conversation_id as "conversationId",
             written.customer_id as "customerId"
        from told join written using (channel_id, external_id)`),
  );
  const opened = known.flatMap(({ line, channel }, at) => {
    const { isNew, quiet, conversationId } = places[at]!;
    return isNew && !quiet && line.direction === "in" && givesWork(channel) ? conversationId : [];
  });
  return { begun: new Map(written.map(({ callId, ...place }) => [callId, place])), opened };
}

async function completeLines(ctx: Ctx, lines: readonly CallLine[]): Promise<Map<string, CallPlace>> {
  if (lines.length === 0) return new Map();
  const rows = lines.map((line) => ({ ...columnsOf(line), id: line.messageId }));
  const now = ctx.clock.now().toISOString();
  const written = await withTenant(ctx, (tx) =>
    tx.execute<CallPlace & { callId: string }>(sql`
      with told as (
        select * from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
          as told (id uuid, call_id uuid, direction text, text text, data jsonb, status text, read boolean, occurred_at timestamptz)
      ), written as (
        update messages line
           set direction = told.direction, text = told.text, status = told.status, read = line.read or told.read,
               data = told.data || case when line.data ? 'quiet' then '{"quiet": true}'::jsonb else '{}'::jsonb end, echo = told.direction = 'out', occurred_at = told.occurred_at, updated_at = ${now}::timestamptz
          from told
         where line.id = told.id and line.id = any (${`{${rows.map((row) => row.id).join(",")}}`}::uuid[])
        returning told.call_id, line.id, line.conversation_id, line.customer_id, line.text, line.occurred_at
      ), noted as (
        update customer_activities activity
           set description = written.text, occurred_at = written.occurred_at
          from written
         where activity.customer_id = written.customer_id and activity.message_id = written.id
           and (activity.description, activity.occurred_at) is distinct from (written.text, written.occurred_at)
      )
      select call_id as "callId", id as "messageId", conversation_id as "conversationId", customer_id as "customerId" from written`),
  );
  return new Map(written.map(({ callId, ...place }) => [callId, place]));
}

/** `quiet`: a call of somebody who is blocked is never news. */
function columnsOf(line: CallLine, quiet = false) {
  const { callId, direction, status, durationSeconds, underWay, answered, facts } = line;
  return {
    call_id: callId,
    direction,
    text: textOf(line),
    data: { ...facts, callId, status, seconds: durationSeconds, underWay, ...(quiet ? { quiet } : {}) },
    status: direction === "in" ? (answered ? "read" : "received") : answered || underWay ? "sent" : "failed",
    read: direction === "out" || answered || quiet,
    occurred_at: line.startedAt,
  };
}

/** What a list shows of a call: how long it was, and what about. */
function textOf({ durationSeconds, facts }: CallLine): string {
  const long = durationSeconds ? `📞 ${clock(durationSeconds)}` : "📞";
  return facts.summary ? `${long} · ${facts.summary}` : long;
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function ofChannel({ id, channelType, provider }: ReceivingChannel) {
  return { channel_id: id, channel_type: channelType, provider };
}

/** A thread that was resolved or archived opens again when its customer called and nobody took it. Answers which did. */
async function reopenMissed(
  ctx: Ctx,
  lines: readonly CallLine[],
  places: ReadonlyMap<string, CallPlace>,
): Promise<ReadonlySet<string>> {
  const missed = lines
    .filter((line) => line.missedNow)
    .flatMap((line) => places.get(line.callId)?.conversationId ?? []);
  if (missed.length === 0) return new Set();
  const asleep = await withTenant(ctx, (tx) =>
    tx.execute<{ conversationId: string; status: ConversationStatus; archived: boolean }>(sql`
      select id as "conversationId", status, archived from conversations
       where id = any (array(select coalesce(thread_id, id) from conversations where id = any (${`{${missed.join(",")}}`}::uuid[])))
         and (status in ('resolved', 'snoozed') or archived) and not ${isQuiet("conversations")}`),
  );
  return reopenConversations(
    ctx,
    asleep.map(({ conversationId, ...place }) => ({ conversationId, direction: "in", place })),
  );
}

function announce(tenantId: string, places: readonly CallPlace[]): void {
  const conversationIds = [...new Set(places.map((place) => place.conversationId))];
  forgetConversationCounts(tenantId);
  publish(tenantId, "messages", conversationIds);
  publish(tenantId, "conversations", conversationIds);
  publish(tenantId, "customers", [...new Set(places.map((place) => place.customerId))]);
}
