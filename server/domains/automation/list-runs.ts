import { customerNameOf, firstOf } from "#db/look-ups.ts";
import type { automationRuns } from "#db/schema/automation.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { ListRunsInput } from "./schemas.ts";
import { listRunsInput } from "./schemas.ts";
import { getRule } from "./list-rules.ts";

/** What a rule made of something, and of which ticket or conversation. */
export type RunSummary = Pick<
  typeof automationRuns.$inferSelect,
  "id" | "event" | "outcome" | "failedCondition" | "reason" | "steps" | "depth" | "conversationId" | "createdAt"
> & {
  ticketNumber: number | null;
  customerName: string | null;
};

/** What a rule did and did not, newest first. Pages by the run's id: a far page costs what the first does. */
export async function listRuns(
  ctx: Ctx,
  input: ListRunsInput,
): Promise<{ rule: { id: string; name: string }; runs: RunSummary[]; nextCursor: string | null }> {
  const { ruleId, outcome = null, cursor = null, limit } = listRunsInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const { id, name } = await getRule({ ...ctx, tx }, { ruleId });
    const params: unknown[] = [ctx.tenantId, ruleId];
    const put = (value: string) => `$${params.push(value)}`;
    const where = [
      "tenant_id = $1 and rule_id = $2::uuid",
      ...(outcome ? [`outcome = ${put(outcome)}`] : []),
      ...(cursor ? [`id < ${put(cursor)}::uuid`] : []),
    ].join(" and ");
    const found = await tx.raw.unsafe<RunSummary[]>(statement(where, limit + 1), params as never[], { prepare: true });
    const runs = found.slice(0, limit);
    return { rule: { id, name }, runs, nextCursor: found.length > limit ? (runs.at(-1)?.id ?? null) : null };
  });
}

const statement = (where: string, most: number) => `
  select run.id, run.event, run.outcome, run.failed_condition as "failedCondition", run.reason, run.steps, run.depth,
         run.conversation_id as "conversationId", run.created_at as "createdAt", ticket.number as "ticketNumber",
         ${customerNameOf(firstOf("thread.customer_id", "ticket.customer_id"))} as "customerName"
    from (select * from automation_runs where ${where} order by id desc limit ${most}) run
    left join lateral (select number::int as number, customer_id from tickets where tenant_id = $1 and id = run.ticket_id offset 0) ticket on true
    left join lateral (select customer_id from conversations where tenant_id = $1 and id = run.conversation_id offset 0) thread on true
   order by run.id desc`;
