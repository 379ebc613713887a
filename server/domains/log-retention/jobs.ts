import { setTimeout as wait } from "node:timers/promises";
import { findTenants } from "#db/due.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import {
  countLogVolumes,
  isIntakeBusy,
  maintainPartitions,
  makePartitions,
} from "#server/domains/webhook-logs/index.ts";
import type { Run } from "#server/jobs/define-job.ts";
import { definePeriodic } from "#server/jobs/define-job.ts";
import { removeExpired } from "./remove-expired.ts";

/** Day partitions made ahead, and dropped when nobody keeps them any more: after everything in them was counted. */
export const maintainPartitionsJob = definePeriodic({
  name: "maintain log partitions",
  everyMs: 3_600_000,
  run: async (run) => {
    await makePartitions(run.clock.now(), 8);
    await ofEveryTenant(run, async (ctx) => {
      while (!run.signal.aborted && (await countLogVolumes(ctx)));
    });
    if (!run.signal.aborted) await maintainPartitions(run.clock.now());
  },
});

/** How long a removal waits before it looks again whether posts still pour in. */
const yieldMs = 250;

/** Tenants that keep their log for a shorter time than others have it shortened in small steps, behind what comes in live. */
export const removeExpiredJob = definePeriodic({
  name: "remove expired events",
  everyMs: 3_600_000,
  run: async (run) => {
    const yieldTo = () => (isIntakeBusy() ? wait(yieldMs) : undefined);
    await ofEveryTenant(run, (ctx) => removeExpired(ctx, { yieldTo, signal: run.signal }));
  },
});

/** Walks all tenants, one at a time, until the program stops. */
async function ofEveryTenant({ clock, signal }: Run, work: (ctx: Ctx) => Promise<unknown>): Promise<void> {
  const ofOne = (tenantId: string) => work(contextFor(tenantId, { type: "job", name: "log-retention" }, clock));
  await inTurn(await findTenants(), ofOne, signal);
}
