import { eq, sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { tenants } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import { rulesOf } from "#server/core/channel-rules.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { isOpenAt, nextOpening } from "#server/domains/channels/index.ts";
import { enqueueAll } from "#server/jobs/enqueue.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";
import type { ReceivingChannel } from "./find-receiving-channels.ts";
import { sendQueue } from "./queues.ts";
import type { WrittenInbound } from "./write-inbound.ts";

/** Behind the last moment at which the webhook's own answer may have carried the reply. */
const afterAnswerMs = 2_000;

/** The key of the one automatic reply to a message: a message that comes again finds it. */
export const ruleKey = (messageId: string) => `rule:${messageId}`;

interface RuleReply {
  cause: WrittenInbound;
  channel: ReceivingChannel;
  rule: "auto_reply" | "away";
  text: string;
  /** For `away`, the closure, named by the opening that ends it: who writes again before is not told again. */
  closure: string | null;
}

/**
 * Answers as the channels' rules say: at once when a conversation opens, anew or again, or that we are
 * closed. Nobody who opted out is answered, no program and no STOP. The reply is a message like any
 * other; where the provider takes an answer to its post, that may carry it first. A mail is not answered.
 */
export async function replyByRule(
  ctx: Ctx,
  fresh: readonly WrittenInbound[],
  reopened: ReadonlySet<string>,
  channels: ReadonlyMap<string, ReceivingChannel>,
): Promise<void> {
  const answerable = fresh.filter(({ channelId, direction, automatic }) => {
    const channel = channels.get(channelId);
    if (direction !== "in" || automatic || !channel || channel.channelType === "email") return false;
    return (channel.autoReply || channel.awayMessage) && rulesOf(channel.provider, channel.channelType) !== null;
  });
  if (answerable.length === 0) return;
  await withTenant(ctx, async (tx) => {
    const zone = await zoneOf(tx);
    const replies = new Map<string, RuleReply>();
    for (const cause of answerable) {
      const reply = replyTo(cause, channels.get(cause.channelId)!, reopened, zone, ctx.clock.now());
      if (reply && !replies.has(cause.conversationId)) replies.set(cause.conversationId, reply);
    }
    for (const [waitMs, told] of Map.groupBy(replies.values(), ({ channel }) => waitOf(channel))) {
      const ids = await writeReplies({ ...ctx, tx }, told);
      const jobs = ids.map((messageId) => ({ tenantId: ctx.tenantId, messageId }));
      await enqueueAll({ ...ctx, tx }, sendQueue, jobs, { afterMs: waitMs });
    }
  });
}

async function zoneOf(tx: TenantTx): Promise<string> {
  const [row] = await tx.select({ zone: tenants.timezone }).from(tenants).where(eq(tenants.id, tx.tenantId));
  return row?.zone ?? "UTC";
}

function replyTo(
  cause: WrittenInbound,
  channel: ReceivingChannel,
  reopened: ReadonlySet<string>,
  zone: string,
  now: Date,
): RuleReply | null {
  const { awayMessage, businessHours } = channel;
  if (awayMessage && businessHours && !isOpenAt(businessHours, zone, now)) {
    const closure = nextOpening(businessHours, zone, now)?.toISOString() ?? "for good";
    return { cause, channel, rule: "away", text: awayMessage, closure };
  }
  const opens = cause.place.isNew || reopened.has(cause.place.threadId);
  return channel.autoReply && opens
    ? { cause, channel, rule: "auto_reply", text: channel.autoReply, closure: null }
    : null;
}

function waitOf({ provider, channelType }: ReceivingChannel): number {
  const answers = rulesOf(provider, channelType)?.answersPostsForMs;
  return answers === undefined ? 0 : answers + afterAnswerMs;
}

/** Writes replies as `pending`, in one statement. Answers the ids of those that may be sent. */
async function writeReplies(ctx: Ctx, replies: readonly RuleReply[]): Promise<string[]> {
  const rows = replies.map(({ cause, rule, text, closure }) => ({
    id: newId(),
    conversation_id: cause.conversationId,
    key: ruleKey(cause.messageId),
    rule,
    text,
    closure,
  }));
  const now = ctx.clock.now().toISOString();
  return withTenant(ctx, async (tx) => {
    const written = await tx.execute<{ id: string; conversationId: string }>(sql`
      insert into messages (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, provider, direction, kind, text,
                            status, to_address, idempotency_key, data, occurred_at, created_at, updated_at)
      select ${ctx.tenantId}::uuid, told.id, thread.id, thread.customer_id, thread.channel_id, thread.channel_type, channel.provider, 'out',
             'text', told.text, 'pending', thread.address_value, told.key, jsonb_strip_nulls(jsonb_build_object('rule', told.rule, 'closure', told.closure)),
             ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as told (id uuid, conversation_id uuid, key text, rule text, text text, closure text)
       cross join lateral (select * from conversations where id = told.conversation_id offset 0) thread
       cross join lateral (select * from channel_configurations where id = thread.channel_id offset 0) channel
        left join lateral (
          select * from customer_communication_preferences where customer_id = thread.customer_id offset 0) allows on true
       where case thread.channel_type when 'whatsapp' then allows.whatsapp_enabled when 'sms' then allows.sms_enabled
                                      when 'instagram' then allows.instagram_enabled end is not false
         and (told.rule <> 'away' or not exists (
               select from messages before
                where before.conversation_id = thread.id and before.direction = 'out'
                  and before.data ->> 'rule' = 'away' and before.data ->> 'closure' = told.closure))
      on conflict do nothing
      returning id, conversation_id as "conversationId"`);
    for (const { conversationId } of written) {
      conversationChanged(tx, conversationId);
      threadChanged(tx, conversationId);
    }
    return written.map((row) => row.id);
  });
}
