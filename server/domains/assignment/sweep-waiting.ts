import { appPool } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { giveWaiting } from "./give-waiting.ts";

const mostTenants = 500;

/** Looks, in every business where work waits for somebody, whether somebody can take it now. */
export async function sweepWaiting(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const due = await appPool()<{ tenant_id: string }[]>`
    select tenant_id from door.due('assignments', ${mostTenants}, ${clock.now()})`;
  for (const { tenant_id: tenantId } of due) await giveWaiting(contextOf(tenantId));
}
