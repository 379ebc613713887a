import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { InboundEvent } from "#server/providers/contract.ts";
import { lockExternalIds } from "./join-parked-events.ts";
import { settleMessages } from "./settle-messages.ts";

/** Something that happened to a message: a status, a reaction, an edit, a revocation. */
export interface MessageEvent {
  channelId: string;
  webhookLogId: string | null;
  /** The provider's name for "the same event again". */
  dedupeKey: string;
  event: Extract<InboundEvent, { kind: "status" | "reaction" | "edit" | "revoke" }>;
}

export interface AppliedMessageEvent {
  /** `parked`: the message it speaks of is not known yet; it is joined when that arrives. */
  outcome: "applied" | "duplicate" | "parked";
  messageId: string | null;
  conversationId: string | null;
  customerId: string | null;
}

type Target = { at: number; messageId: string | null; conversationId: string | null; customerId: string | null };

/**
 * Keeps what happened to messages and sets each message to what all its events say. An event that is
 * there already is a `duplicate`. As many statements for a thousand events as for one. Answers in order.
 */
export async function applyMessageEvents(ctx: Ctx, events: readonly MessageEvent[]): Promise<AppliedMessageEvent[]> {
  if (events.length === 0) return [];
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const targets = await findTargetsLocked(inner, events);
    const ids = events.map(() => newId());
    const rows = events.map((one, at) => ({
      id: ids[at],
      channel_id: one.channelId,
      key: one.dedupeKey,
      target: targetOf(one),
      message_id: targets[at]!.messageId,
      kind: one.event.kind,
      data: dataOf(one.event),
      log_id: one.webhookLogId,
      occurred_at: one.event.occurredAt,
    }));
    const kept = await tx.execute<{ id: string }>(sql`
      insert into message_events (tenant_id, id, channel_id, dedupe_key, target_external_id, message_id, kind, data, webhook_log_id, occurred_at, created_at)
      select ${ctx.tenantId}::uuid, id, channel_id, key, target, message_id, kind, data, log_id, occurred_at, ${ctx.clock.now().toISOString()}::timestamptz
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
          as told (id uuid, channel_id uuid, key text, target text, message_id uuid, kind text, data jsonb, log_id uuid, occurred_at timestamptz)
      on conflict (tenant_id, channel_id, dedupe_key) do nothing
      returning id`);
    const isNew = new Set(kept.map((row) => row.id));
    const settled = events.flatMap((one, at) => {
      const { messageId } = targets[at]!;
      return messageId && isNew.has(ids[at]!) ? [{ messageId, kind: one.event.kind }] : [];
    });
    await settleMessages(inner, settled);
    if (settled.length > 0) tx.afterCommit(() => announce(ctx.tenantId, targets));
    return targets.map(({ at, ...target }) => ({
      ...target,
      outcome: !isNew.has(ids[at]!) ? "duplicate" : target.messageId ? "applied" : "parked",
    }));
  });
}

/** Finds the messages that events speak of. What is not found is looked for again under its lock, so that parking misses nothing. */
async function findTargetsLocked(ctx: Ctx, events: readonly MessageEvent[]): Promise<Target[]> {
  const found = await findTargets(ctx, events);
  const missing = found.filter((target) => target.messageId === null).map((target) => events[target.at]!);
  if (missing.length === 0) return found;
  await lockExternalIds(
    ctx,
    missing.map((one) => ({ channelId: one.channelId, externalId: targetOf(one) })),
  );
  return findTargets(ctx, events);
}

async function findTargets(ctx: Ctx, events: readonly MessageEvent[]): Promise<Target[]> {
  const rows = events.map((one, at) => ({
    at,
    channel_id: one.channelId,
    external_id: targetOf(one),
    tracking_id: trackingOf(one),
  }));
  const found = await withTenant(ctx, (tx) =>
    tx.execute<Target>(sql`
      select wanted.at, coalesce(named.id, tracked.id) as "messageId",
             coalesce(named.conversation_id, tracked.conversation_id) as "conversationId",
             coalesce(named.customer_id, tracked.customer_id) as "customerId"
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as wanted (at integer, channel_id uuid, external_id text, tracking_id uuid)
        left join lateral (
          select * from messages where channel_id = wanted.channel_id and external_id = wanted.external_id offset 0) named on true
        left join lateral (
          select * from messages where id = wanted.tracking_id and channel_id = wanted.channel_id and direction = 'out' offset 0) tracked on true
       order by wanted.at`),
  );
  return [...found];
}

/** The provider's id of the message that an event speaks of. */
function targetOf({ event }: MessageEvent): string {
  return event.kind === "status" ? event.messageId : event.targetId;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Our own message id, where the provider carries it back: known before its id is. */
function trackingOf({ event }: MessageEvent): string | null {
  return event.kind === "status" && event.trackingId && uuid.test(event.trackingId) ? event.trackingId : null;
}

function dataOf(event: MessageEvent["event"]): object {
  switch (event.kind) {
    case "status":
      return {
        status: event.status,
        upTo: event.upTo,
        errorCode: event.error?.code,
        errorText: event.error?.text,
        errorClass: event.error?.class,
        costCents: event.costCents,
      };
    case "reaction":
      return { by: byOf(event.direction), emoji: event.emoji };
    case "edit":
      return { by: byOf(event.direction), content: event.content };
    case "revoke":
      return { by: byOf(event.direction) };
  }
}

/** A thread has two sides; a person's ids may change, their side does not. */
function byOf(direction: "in" | "out"): "customer" | "business" {
  return direction === "in" ? "customer" : "business";
}

function announce(tenantId: string, targets: readonly Target[]): void {
  const conversationIds = [...new Set(targets.flatMap((target) => target.conversationId ?? []))];
  publish(tenantId, "messages", conversationIds);
  publish(tenantId, "conversations", conversationIds);
}
