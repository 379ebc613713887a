import { and, eq, lt } from "drizzle-orm";
import { ticketBulkChanges } from "#db/schema/ticket-queue.ts";
import { findDue, type Due } from "#db/due.ts";
import { withTenant } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { bulkQueue } from "./bulk-queues.ts";
import type { BulkRef } from "./schemas.ts";

/** Longer than a step and the rest after it take on a busy machine. */
export const bulkDeadAfterMs = 15_000;
const most = 100;
const itemsAtOnce = 5_000;

type ContextOf = (tenantId: string) => Ctx;

/** Gives running bulk changes that stopped stepping a job again, and forgets what can no longer be taken back. */
export async function sweepBulk(clock: Clock, contextOf: ContextOf): Promise<void> {
  const now = clock.now();
  const olderThan = new Date(now.getTime() - bulkDeadAfterMs);
  const goOn = ({ tenantId, id: bulkId }: Due) => takeOver(contextOf(tenantId), { bulkId }, olderThan, now);
  const forget = ({ tenantId, id: bulkId }: Due) => forgetItems(contextOf(tenantId), { bulkId });
  const rounds = [
    async () => inTurn(await findDue("ticket_bulk_changes", most, olderThan), goOn),
    async () => inTurn(await findDue("ticket_bulk_undos", most, now), forget),
  ];
  await inTurn(rounds, (round) => round());
}

/** The time of the last step is the baton: written anew, nobody else's is good any more. */
async function takeOver(ctx: Ctx, { bulkId }: BulkRef, olderThan: Date, now: Date): Promise<void> {
  const { id, status, steppedAt } = ticketBulkChanges;
  await withTenant(ctx, async (tx) => {
    const [taken] = await tx
      .update(ticketBulkChanges)
      .set({ steppedAt: now })
      .where(and(eq(id, bulkId), eq(status, "running"), lt(steppedAt, olderThan)))
      .returning({ id });
    if (!taken) return;
    await enqueue({ ...ctx, tx }, bulkQueue, { tenantId: ctx.tenantId, bulkId, steppedAt: now.toISOString() });
  });
}

async function forgetItems(ctx: Ctx, { bulkId }: BulkRef): Promise<void> {
  const removed = await withTenant(ctx, async (tx) => {
    const gone = await tx.raw.unsafe(
      `delete from ticket_bulk_items where tenant_id = $1 and bulk_change_id = $2::uuid and ticket_id = any(array(
         select ticket_id from ticket_bulk_items where tenant_id = $1 and bulk_change_id = $2::uuid limit ${itemsAtOnce}))`,
      [ctx.tenantId, bulkId],
    );
    if (gone.count < itemsAtOnce)
      await tx.update(ticketBulkChanges).set({ undoUntil: null }).where(eq(ticketBulkChanges.id, bulkId));
    return gone.count;
  });
  if (removed === itemsAtOnce) await forgetItems(ctx, { bulkId });
}
