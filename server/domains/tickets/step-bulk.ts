import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { ticketBulkChanges } from "#db/schema/ticket-queue.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { changeStretch } from "./change-stretch.ts";
import type { Running, Stretch } from "./bulk-stretch.ts";
import { undoForMs } from "./bulk-stretch.ts";
import type { BulkBaton } from "./schemas.ts";
import { undoStretch } from "./undo-stretch.ts";

/**
 * Takes the next tickets of a bulk change, in the order of their ids. The place it has come to commits with
 * them: a worker that dies leaves nothing half done, and nothing is done twice. Answers the time of the step,
 * which is the right to take the next; null when it is over or in another worker's hands.
 */
export async function stepBulk(ctx: Ctx, { bulkId, steppedAt }: BulkBaton): Promise<string | null> {
  return withTenant(ctx, async (tx) => {
    const [bulk] = await tx
      .select()
      .from(ticketBulkChanges)
      .where(and(eq(ticketBulkChanges.id, bulkId), eq(ticketBulkChanges.status, "running")))
      .for("update", { skipLocked: true });
    if (!bulk || (steppedAt && bulk.steppedAt.getTime() !== Date.parse(steppedAt))) return null;
    const stretch = await (bulk.undoes ? undoStretch : changeStretch)(asMember(ctx, tx, bulk), tx, bulk);
    const now = ctx.clock.now();
    await tx
      .update(ticketBulkChanges)
      .set({ ...countedWith(bulk, stretch, now), steppedAt: now })
      .where(eq(ticketBulkChanges.id, bulkId));
    tx.afterCommit(() => publish(ctx.tenantId, "views", [bulkId]));
    return stretch.isLast ? null : now.toISOString();
  });
}

/** Timeline and audit name who asked, not the job. What they were allowed was looked at when they asked. */
function asMember(ctx: Ctx, tx: TenantTx, { requestedBy }: Running): Ctx {
  return { ...ctx, tx, actor: { type: "member", userId: requestedBy, role: "agent" } };
}

/** The counts with those of this step. Tickets that no longer match when their turn comes count as left unchanged. */
function countedWith(bulk: Running, stretch: Stretch, now: Date): Partial<Running> {
  const changed = bulk.changed + stretch.changed;
  const seen = changed + bulk.unchanged + stretch.unchanged;
  const total = Math.max(bulk.total, seen);
  const cursor = stretch.cursor ?? bulk.cursor;
  if (!stretch.isLast) return { changed, unchanged: seen - changed, total, cursor };
  const undoUntil = changed > 0 && !bulk.undoes ? new Date(now.getTime() + undoForMs) : null;
  return { changed, unchanged: total - changed, total, cursor, status: "done", finishedAt: now, undoUntil };
}
