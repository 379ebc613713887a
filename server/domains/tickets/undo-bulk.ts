import { and, eq } from "drizzle-orm";
import { ticketBulkChanges } from "#db/schema/ticket-queue.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import type { BulkState } from "./find-bulk.ts";
import type { BulkRef } from "./schemas.ts";
import { bulkRef } from "./schemas.ts";
import { beginBulk } from "./start-bulk.ts";
import { bulkStepSize } from "./bulk-stretch.ts";

/**
 * Takes one's own bulk change back: tickets that nobody changed since are what they were, the others are left
 * alone and counted. Refuses with `not_undoable` once it was, after a day, or while it still runs.
 */
export async function undoBulk(ctx: Ctx, input: BulkRef): Promise<BulkState> {
  const { bulkId } = bulkRef.parse(input);
  return withTenant(ctx, async (tx) => {
    const [bulk] = await tx
      .select()
      .from(ticketBulkChanges)
      .where(and(eq(ticketBulkChanges.id, bulkId), eq(ticketBulkChanges.requestedBy, memberId(ctx) ?? bulkId)))
      .for("update");
    if (!bulk) throw notFound();
    if (!bulk.undoUntil || bulk.undoUntil <= ctx.clock.now()) throw new DomainError("conflict", "not_undoable");
    await tx.update(ticketBulkChanges).set({ undoUntil: null }).where(eq(ticketBulkChanges.id, bulkId));
    return beginBulk(ctx, tx, {
      filter: {},
      change: bulk.change,
      total: bulk.changed,
      lastId: bulk.lastId,
      undoes: bulkId,
      atOnce: bulk.changed < bulkStepSize,
    });
  });
}
