import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import type { NextTicketInput } from "./schemas.ts";
import { nextTicketInput } from "./schemas.ts";
import { filterSql } from "./ticket-filter.ts";
import { sortings } from "./ticket-views.ts";

/**
 * What to work on after a ticket. In a queue: the one that stands below it, or else the first of the queue,
 * those that are done left out unless the filter asks for them. Without one: of the member's own open tickets,
 * else of nobody's, the most urgent and then the one that has waited longest. Null when nothing is left.
 */
export async function nextTicket(ctx: Ctx, input: NextTicketInput): Promise<{ number: number } | null> {
  const { after, queue } = nextTicketInput.parse(input);
  const { sql, params } = queue ? inQueue(ctx, after, queue) : mostUrgent(ctx, after);
  const [found] = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<{ number: number }[]>(sql, params as never[], { prepare: true }),
  );
  return found ? { number: found.number } : null;
}

type Queue = NonNullable<ReturnType<typeof nextTicketInput.parse>["queue"]>;

/** Asked before the ticket is resolved: its place is the one that it has in the list. */
function inQueue(ctx: Ctx, after: number, { sort, direction, ...filter }: Queue): { sql: string; params: unknown[] } {
  const params: unknown[] = [ctx.tenantId, after];
  const { view, narrowing } = filterSql(filter, memberId(ctx), (value) => `$${params.push(value)}`);
  const todo = filter.status?.length ? [] : ["t.status not in ('resolved', 'closed')"];
  const where = ["t.tenant_id = $1", "t.number <> $2::bigint", view, ...todo, ...narrowing].join(" and ");
  const { column } = sortings[sort];
  const beyond = `(t.${column}, t.id) ${direction === "desc" ? "<" : ">"} (select ${column}, id from tickets where tenant_id = $1 and number = $2::bigint)`;
  const first = (turn: number, more: string) =>
    `(select ${turn} as turn, t.number from tickets t where ${where}${more} order by t.${column} ${direction}, t.id ${direction} limit 1)`;
  return {
    sql: `select number::int as number from (${first(0, ` and ${beyond}`)} union all ${first(1, "")}) x order by turn limit 1`,
    params,
  };
}

const todo = "t.status in ('open', 'in_progress', 'waiting_customer') and t.status <> 'waiting_customer'";

function mostUrgent(ctx: Ctx, after: number): { sql: string; params: unknown[] } {
  const first = (turn: number, whose: string) =>
    `(select ${turn} as turn, t.number, t.priority_rank, t.updated_at from tickets t
       where t.tenant_id = $1 and ${todo} and ${whose} and t.number <> $3::bigint
       order by t.priority_rank desc, t.updated_at limit 1)`;
  return {
    sql: `select number::int as number from (
      ${first(0, "t.assignee_id = $2::uuid")} union all ${first(1, "t.assignee_id is null")}) x order by turn limit 1`,
    params: [ctx.tenantId, memberId(ctx), after],
  };
}
