import { withTenant } from "#db/tenant.ts";
import type { SlaClocks, SlaTarget } from "#db/schema/tickets.ts";
import { slaTargets } from "#db/schema/tickets.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import type { DeadlineNoticesInput } from "./schemas.ts";

/** What a member is told of a deadline, in a corner of the page. */
export interface DeadlineNotice {
  number: number;
  subject: string;
  target: SlaTarget;
  /** Null once what was promised no longer is: a missed deadline may have changed the ticket. */
  dueAt: Date | null;
  missed: boolean;
}

interface Row {
  number: number;
  subject: string;
  clocks: SlaClocks;
  due: Record<SlaTarget, string | null>;
}

/**
 * Of tickets that a live change named, those that concern the member: their own, and nobody's of their teams or of none.
 * What is missed before what is near.
 */
export async function deadlineNotices(ctx: Ctx, { ticketIds }: DeadlineNoticesInput): Promise<DeadlineNotice[]> {
  const rows = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<Row[]>(
      `select t.number::int as number, t.subject, t.sla_clocks as clocks,
              jsonb_build_object('first_response', t.first_response_due_at, 'next_response', t.next_response_due_at,
                                 'resolution', t.resolution_due_at) as due
         from tickets t
        where t.tenant_id = $1 and t.id = any($2::text[]::uuid[]) and t.sla_clocks is not null
          and t.status in ('open', 'in_progress', 'waiting_customer')
          and (t.assignee_id = $3::uuid
            or (t.assignee_id is null and (t.team_id is null or exists (
                  select from team_members mate where mate.tenant_id = $1 and mate.team_id = t.team_id and mate.user_id = $3::uuid))))
        order by t.sla_sort_at, t.id`,
      [ctx.tenantId, ticketIds, memberId(ctx)] as never[],
      { prepare: true },
    ),
  );
  return rows.flatMap(({ number, subject, clocks, due }) => {
    const told = slaTargets.flatMap((target) => {
      const clock = clocks[target];
      const dueAt = due[target] ? new Date(due[target]) : null;
      const missed = clock?.breached === true && clock.met === null;
      return missed || (dueAt && clock?.warned) ? [{ target, dueAt, missed }] : [];
    });
    const [worst] = told.toSorted((a, b) => Number(b.missed) - Number(a.missed) || Number(a.dueAt) - Number(b.dueAt));
    return worst ? [{ number, subject, ...worst }] : [];
  });
}
