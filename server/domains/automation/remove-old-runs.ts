import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { firstIdAt } from "#server/core/ids.ts";

const dayMs = 86_400_000;
/** That a rule had nothing to do is kept for so many days. */
const idleDays = 7;
/** Rows a statement. */
const most = 2_000;

/** Removes what is logged of rules and no longer kept: from `before` on it stays, and for a week where nothing was to be done. */
export async function removeOldRuns(ctx: Ctx, before: Date): Promise<void> {
  const idle = new Date(ctx.clock.now().getTime() - idleDays * dayMs);
  const idleBefore = firstIdAt(idle > before ? idle : before);
  for (let gone = most; gone >= most;) {
    gone = await withTenant(ctx, async (tx) => {
      const result = await tx.raw.unsafe(
        `delete from automation_runs where tenant_id = $1 and id = any(array(
           select id from automation_runs
            where tenant_id = $1 and id < $3::uuid and (id < $2::uuid or outcome = 'not_matched') order by id limit ${most}))`,
        [tx.tenantId, firstIdAt(before), idleBefore] as never[],
        { prepare: true },
      );
      return result.count;
    });
  }
}
