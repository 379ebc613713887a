import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { deadlineColumns, deadlineRow, reckon, setDeadlines, type SlaSettings } from "#server/domains/sla/index.ts";
import { recordTicketEvents } from "./alter-tickets.ts";
import { forgetTicketCounts } from "./count-tickets.ts";
import { lockTalkingTickets, type TalkingTicket } from "./talking-tickets.ts";

export interface CustomerReplied {
  conversationIds: readonly string[];
  /** The latest words per conversation, for the queue. */
  previews: ReadonlyMap<string, string>;
}

/**
 * A customer wrote: the tickets of these conversations show the new words and rise in the queue; those
 * resolved or waiting for the customer open again, and what is promised runs. Closed ones stay closed. Two
 * statements for a batch, one where there is no ticket.
 */
export async function customerReplied(ctx: Ctx, input: CustomerReplied): Promise<void> {
  if (input.conversationIds.length === 0) return;
  const conversationIds = [...new Set(input.conversationIds)];
  await withTenant(ctx, async (tx) => {
    const statuses = ["open", "in_progress", "waiting_customer", "resolved"];
    const { settings, found } = await lockTalkingTickets(tx, conversationIds, statuses);
    if (found.length === 0) return;
    await writeReplies(ctx, tx, settings, found, input.previews);
    await recordTicketEvents(
      ctx,
      tx,
      found.filter(isReopened).map((ticket) => ({
        ticket,
        type: "customer_replied",
        data: { from: ticket.status, to: "open" },
      })),
    );
    tx.afterCommit(() => {
      forgetTicketCounts(ctx.tenantId);
      publish(
        ctx.tenantId,
        "tickets",
        found.map((ticket) => ticket.id),
      );
    });
  });
}

const isReopened = ({ status }: TalkingTicket) => status === "resolved" || status === "waiting_customer";

async function writeReplies(
  ctx: Ctx,
  tx: TenantTx,
  settings: SlaSettings,
  found: readonly TalkingTicket[],
  previews: CustomerReplied["previews"],
): Promise<void> {
  const at = ctx.clock.now();
  const rows = found.map((ticket) => {
    const status = isReopened(ticket) ? "open" : ticket.status;
    const reckoned = reckon(settings, { ...ticket, status }, at, { happened: "customer_wrote" });
    return {
      id: ticket.id,
      status,
      preview: previews.get(ticket.conversationId ?? "")?.slice(0, 200) ?? null,
      ...deadlineRow(reckoned?.deadlines),
    };
  });
  await tx.raw.unsafe(statement, [ctx.tenantId, jsonRows(rows), at] as never[], { prepare: true });
}

const statement = `
  update tickets t set
    preview = coalesce(told.preview, t.preview),
    updated_at = $3::timestamptz,
    status = told.status,
    reopened_count = t.reopened_count + (t.status = 'resolved')::int,
    resolved_at = null,
    resolved_by = null,
    ${setDeadlines("told")}
  from jsonb_to_recordset($2::text::jsonb) as told (id uuid, status text, preview text, ${deadlineColumns})
  where t.tenant_id = $1 and t.id = told.id`;
