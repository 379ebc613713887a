import { jsonRows } from "#db/json-rows.ts";
import { onLiveChange } from "#db/live.ts";
import type { AutomationEvent, ChangedField } from "#db/schema/automation.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { keptBriefly } from "#server/core/kept-briefly.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { automationQueue } from "./queues.ts";

/** Something that happened, for rules to look at. */
export interface Announced {
  event: AutomationEvent;
  ticketId?: string;
  conversationId?: string;
  messageId?: string;
  changed?: readonly ChangedField[];
}

/**
 * Writes what happened, in the transaction in which it does, where a rule of the tenant waits for such a thing. Elsewhere it costs
 * a look into memory. What a rule did itself is announced with its origin, one step deeper.
 */
export async function announce(ctx: Ctx, all: readonly Announced[]): Promise<void> {
  if (all.length === 0) return;
  await withTenant(ctx, async (tx) => {
    const events = await waited.get(ctx.tenantId, "events", ctx.clock, () => eventsWaitedFor(tx));
    const heard = all.filter(({ event }) => events.has(event));
    if (heard.length === 0) return;
    await writeFacts(ctx, tx, heard);
    if (woken.has(tx)) return;
    woken.add(tx);
    await enqueue({ ...ctx, tx }, automationQueue, { tenantId: ctx.tenantId });
  });
}

const waited = keptBriefly<ReadonlySet<AutomationEvent>>({ forMs: 60_000, most: 5_000 });
/** Transactions that wake the worker already. */
const woken = new WeakSet<TenantTx>();

// Rules are changed in one process and obeyed in all of them.
onLiveChange(({ tenantId, topic }) => {
  if (topic === "automation") waited.forget(tenantId);
});

async function eventsWaitedFor(tx: TenantTx): Promise<ReadonlySet<AutomationEvent>> {
  const rows = await tx.raw.unsafe<{ event: AutomationEvent }[]>(
    "select distinct event from automation_rules where tenant_id = $1 and enabled",
    [tx.tenantId],
    { prepare: true },
  );
  return new Set(rows.map(({ event }) => event));
}

async function writeFacts(ctx: Ctx, tx: TenantTx, facts: readonly Announced[]): Promise<void> {
  const cause = ctx.actor.type === "rule" ? ctx.actor : null;
  const rows = facts.map(({ event, ticketId, conversationId, messageId, changed = [] }) => {
    const id = newId();
    return {
      id,
      event,
      ticket_id: ticketId,
      conversation_id: conversationId,
      message_id: messageId,
      changed,
      origin_id: cause?.originId ?? id,
    };
  });
  await tx.raw.unsafe(
    `insert into automation_facts (tenant_id, id, event, ticket_id, conversation_id, message_id, changed, origin_id, depth, occurred_at)
     select $1, id, event, ticket_id, conversation_id, message_id, changed, origin_id, $3::smallint, $4::timestamptz
       from jsonb_to_recordset($2::text::jsonb)
              as told (id uuid, event text, ticket_id uuid, conversation_id uuid, message_id uuid, changed text[], origin_id uuid)`,
    [ctx.tenantId, jsonRows(rows), cause ? cause.depth + 1 : 0, ctx.clock.now()] as never[],
    { prepare: true },
  );
}
