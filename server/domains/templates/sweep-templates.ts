import { and, eq, isNull, lte, or } from "drizzle-orm";
import { channelConfigurations as channels } from "#db/schema/channels.ts";
import { findDue } from "#db/due.ts";
import { withTenant } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { syncQueue } from "./queues.ts";

const most = 200;
/** A sync that failed is tried again after this long. */
const againAfterMs = 15 * 60_000;

/** Enqueues a sync for each channel that is due. The claim moves the time on, so that one worker does it. */
export async function sweepTemplates(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const now = clock.now();
  await inTurn(await findDue("templates", most, now), async ({ tenantId, id: channelId }) => {
    const ctx = contextOf(tenantId);
    await withTenant(ctx, async (tx) => {
      const [claimed] = await tx
        .update(channels)
        .set({ templatesDueAt: new Date(now.getTime() + againAfterMs) })
        .where(and(eq(channels.id, channelId), or(isNull(channels.templatesDueAt), lte(channels.templatesDueAt, now))))
        .returning({ id: channels.id });
      if (claimed) await enqueue({ ...ctx, tx }, syncQueue, { tenantId, channelId });
    });
  });
}
