import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";

/**
 * What to work on next: of the member's own open tickets, else of nobody's, the most urgent and then
 * the one that has waited longest. Null when the queue is empty.
 */
export async function nextTicket(ctx: Ctx, input: { after: number }): Promise<{ number: number } | null> {
  return withTenant(ctx, async (tx) => {
    const [found] = await tx.raw.unsafe<{ number: number }[]>(statement, [ctx.tenantId, memberId(ctx), input.after], {
      prepare: true,
    });
    return found ? { number: found.number } : null;
  });
}

const todo = "t.status in ('open', 'in_progress', 'waiting_customer') and t.status <> 'waiting_customer'";
const statement = `
  select number::int as number from (
    (select 0 as turn, t.number, t.priority_rank, t.updated_at from tickets t
      where t.tenant_id = $1 and ${todo} and t.assignee_id = $2::uuid and t.number <> $3::bigint
      order by t.priority_rank desc, t.updated_at limit 1)
    union all
    (select 1, t.number, t.priority_rank, t.updated_at from tickets t
      where t.tenant_id = $1 and ${todo} and t.assignee_id is null and t.number <> $3::bigint
      order by t.priority_rank desc, t.updated_at limit 1)
  ) x order by turn limit 1`;
