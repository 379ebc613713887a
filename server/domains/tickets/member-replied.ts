import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import { openTicketStatuses } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { deadlineColumns, deadlineRow, reckon, setDeadlines } from "#server/domains/sla/index.ts";
import { lockTalkingTickets } from "./talking-tickets.ts";

/**
 * A member answered the customer in public: the conversation's tickets that are not done rise in the
 * queue, the first answer since they were opened is remembered, and the promise of an answer is fulfilled. Two
 * statements.
 */
export async function memberReplied(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  if (ctx.actor.type !== "member") return;
  await withTenant(ctx, async (tx) => {
    const { settings, found } = await lockTalkingTickets(tx, [input.conversationId], openTicketStatuses);
    if (found.length === 0) return;
    const at = ctx.clock.now();
    const rows = found.map((ticket) => ({
      id: ticket.id,
      ...deadlineRow(reckon(settings, ticket, at, { happened: "member_replied" })?.deadlines),
    }));
    await tx.raw.unsafe(statement, [ctx.tenantId, jsonRows(rows), at] as never[], { prepare: true });
    tx.afterCommit(() =>
      publish(
        ctx.tenantId,
        "tickets",
        found.map((ticket) => ticket.id),
      ),
    );
  });
}

const statement = `
  update tickets t set
    first_response_at = coalesce(t.first_response_at, $3::timestamptz),
    updated_at = $3::timestamptz,
    ${setDeadlines("told")}
  from jsonb_to_recordset($2::text::jsonb) as told (id uuid, ${deadlineColumns})
  where t.tenant_id = $1 and t.id = told.id`;
