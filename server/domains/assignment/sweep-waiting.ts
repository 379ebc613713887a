import { findDue } from "#db/due.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { giveWaiting } from "./give-waiting.ts";

const mostTenants = 500;

/** Looks, in every business where work waits for somebody, whether somebody can take it now. */
export async function sweepWaiting(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const due = await findDue("assignments", mostTenants, clock.now());
  await inTurn(due, ({ tenantId }) => giveWaiting(contextOf(tenantId)));
}
