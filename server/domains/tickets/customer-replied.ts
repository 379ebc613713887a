import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { recordTicketEvents } from "./alter-tickets.ts";
import { forgetTicketCounts } from "./count-tickets.ts";
import { publish } from "#db/live.ts";

export interface CustomerReplied {
  conversationIds: readonly string[];
  /** The latest words per conversation, for the queue. */
  previews: ReadonlyMap<string, string>;
}

/**
 * A customer wrote: the tickets of these conversations show the new words and rise in the queue; those
 * resolved or waiting for the customer open again. Closed ones stay closed. One statement for a batch.
 */
export async function customerReplied(ctx: Ctx, input: CustomerReplied): Promise<void> {
  if (input.conversationIds.length === 0) return;
  const conversationIds = [...new Set(input.conversationIds)];
  const previews = conversationIds.map((id) => input.previews.get(id)?.slice(0, 200) ?? null);
  await withTenant(ctx, async (tx) => {
    const touched = await tx.raw.unsafe<{ id: string; number: number; was: string }[]>(
      statement,
      [ctx.tenantId, conversationIds, previews, ctx.clock.now()] as never[],
      { prepare: true },
    );
    if (touched.length === 0) return;
    await recordTicketEvents(
      ctx,
      tx,
      touched
        .filter((ticket) => ticket.was === "resolved" || ticket.was === "waiting_customer")
        .map((ticket) => ({ ticket, type: "customer_replied", data: { from: ticket.was, to: "open" } })),
    );
    tx.afterCommit(() => {
      forgetTicketCounts(ctx.tenantId);
      publish(
        ctx.tenantId,
        "tickets",
        touched.map((ticket) => ticket.id),
      );
    });
  });
}

const statement = `
  with reply (conversation_id, preview) as (select * from unnest($2::uuid[], $3::text[])),
  before as (
    select t.id, t.status, reply.preview from tickets t join reply using (conversation_id)
    where t.tenant_id = $1 and t.status <> 'closed' order by t.id for update of t
  )
  update tickets t set
    preview = coalesce(before.preview, t.preview),
    updated_at = $4::timestamptz,
    status = case when before.status in ('resolved', 'waiting_customer') then 'open' else before.status end,
    reopened_count = t.reopened_count + (before.status = 'resolved')::int,
    resolved_at = null,
    resolved_by = null
  from before where t.tenant_id = $1 and t.id = before.id
  returning t.id, t.number::int as number, before.status as was`;
