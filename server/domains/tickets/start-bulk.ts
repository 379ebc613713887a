import { publish } from "#db/live.ts";
import { ticketBulkChanges } from "#db/schema/ticket-queue.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError, forbidden } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { requireAssignee } from "#server/domains/members/index.ts";
import { requireTeam } from "#server/domains/teams/index.ts";
import { readTicketForm, requireCategory } from "#server/domains/ticket-forms/index.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { bulkQueue } from "./bulk-queues.ts";
import { extentOf } from "./count-bulk.ts";
import type { BulkState } from "./find-bulk.ts";
import { findBulk } from "./find-bulk.ts";
import type { StartBulkInput } from "./schemas.ts";
import { startBulkInput } from "./schemas.ts";
import { stepBulk } from "./step-bulk.ts";

/**
 * Begins to change every ticket that is meant. Those that were ticked are done with the answer; what a filter
 * finds is worked off by a job. One of a member at a time. Refuses with `nothing_matches` or `bulk_running`.
 */
export async function startBulk(ctx: Ctx, input: StartBulkInput): Promise<BulkState> {
  const { target, change } = startBulkInput.parse(input);
  return withTenant(ctx, async (tx) => {
    if (change.assigneeId) await requireAssignee(ctx, tx, change.assigneeId);
    if (change.teamId) await requireTeam(tx, change.teamId);
    if (change.categoryId) requireCategory((await readTicketForm({ ...ctx, tx })).categories, change.categoryId);
    const { total, lastId } = await extentOf(ctx, tx, target);
    if (total === 0 || !lastId) throw new DomainError("conflict", "nothing_matches");
    return beginBulk(ctx, tx, { filter: target, change, total, lastId, undoes: null, atOnce: "ids" in target });
  });
}

export interface Beginning {
  filter: Record<string, unknown>;
  change: Record<string, unknown>;
  total: number;
  lastId: string;
  undoes: string | null;
  /** Few enough to be done within the request. */
  atOnce: boolean;
}

/** Writes the row that says what is to be done, and does it or has it done. */
export async function beginBulk(ctx: Ctx, tx: TenantTx, beginning: Beginning): Promise<BulkState> {
  const { atOnce, ...values } = beginning;
  const requestedBy = memberId(ctx);
  if (!requestedBy) throw forbidden();
  const inner = { ...ctx, tx };
  const now = ctx.clock.now();
  const bulkId = newId();
  const [made] = await tx
    .insert(ticketBulkChanges)
    .values({ tenantId: ctx.tenantId, id: bulkId, ...values, requestedBy, startedAt: now, steppedAt: now })
    .onConflictDoNothing()
    .returning({ id: ticketBulkChanges.id });
  if (!made) throw new DomainError("conflict", "bulk_running");
  const { filter, change, total, undoes } = values;
  await recordAudit(inner, {
    action: undoes ? "ticket.bulk_undo" : "ticket.bulk_change",
    entityType: "ticket_bulk_change",
    entityId: bulkId,
    data: undoes ? { total, undoes } : { total, change, filter },
  });
  tx.afterCommit(() => publish(ctx.tenantId, "views", [bulkId]));
  if (atOnce) while ((await stepBulk(inner, { bulkId })) !== null);
  else await enqueue(inner, bulkQueue, { tenantId: ctx.tenantId, bulkId, steppedAt: now.toISOString() });
  return findBulk(inner, { bulkId });
}
