import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { ticketBulkChanges } from "#db/schema/ticket-queue.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { BulkRef } from "./schemas.ts";
import { bulkRef } from "./schemas.ts";
import { undoForMs } from "./bulk-stretch.ts";

/**
 * Stops one's own bulk change after the step that is under way. What was changed stays, and can be taken back;
 * one that is over stays over. Taking back is not stopped half-way: `bulk_undo_runs`.
 */
export async function cancelBulk(ctx: Ctx, input: BulkRef): Promise<void> {
  const { bulkId } = bulkRef.parse(input);
  await withTenant(ctx, async (tx) => {
    const [bulk] = await tx
      .select()
      .from(ticketBulkChanges)
      .where(and(eq(ticketBulkChanges.id, bulkId), eq(ticketBulkChanges.requestedBy, memberId(ctx) ?? bulkId)))
      .for("update");
    if (!bulk) throw notFound();
    if (bulk.status !== "running") return;
    if (bulk.undoes) throw new DomainError("conflict", "bulk_undo_runs");
    const now = ctx.clock.now();
    const undoUntil = bulk.changed > 0 ? new Date(now.getTime() + undoForMs) : null;
    await tx
      .update(ticketBulkChanges)
      .set({ status: "cancelled", finishedAt: now, undoUntil })
      .where(eq(ticketBulkChanges.id, bulkId));
    await recordAudit(
      { ...ctx, tx },
      {
        action: "ticket.bulk_cancel",
        entityType: "ticket_bulk_change",
        entityId: bulkId,
        data: { total: bulk.total, changed: bulk.changed },
      },
    );
    tx.afterCommit(() => publish(ctx.tenantId, "views", [bulkId]));
  });
}
