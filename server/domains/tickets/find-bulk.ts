import { and, desc, eq } from "drizzle-orm";
import { ticketBulkChanges } from "#db/schema/ticket-queue.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { BulkRef } from "./schemas.ts";
import type { Running } from "./bulk-stretch.ts";

export interface BulkState {
  id: string;
  status: Running["status"];
  total: number;
  changed: number;
  /** As they should be already; or, when taking back, changed by somebody since and left alone. */
  unchanged: number;
  /** It takes an earlier one back. */
  isUndo: boolean;
  undoable: boolean;
  startedAt: Date;
  /** It runs, and nobody has taken a step of it lately: its worker died, and another will go on. */
  stalled: boolean;
}

/** A bulk change by its id. */
export async function findBulk(ctx: Ctx, { bulkId }: BulkRef): Promise<BulkState> {
  const [bulk] = await withTenant(ctx, (tx) =>
    tx.select().from(ticketBulkChanges).where(eq(ticketBulkChanges.id, bulkId)),
  );
  if (!bulk) throw notFound();
  return stateOf(bulk, ctx.clock.now());
}

/** The acting member's bulk change that is under way, else the one that ended last within ten minutes. */
export async function currentBulk(ctx: Ctx): Promise<BulkState | null> {
  const me = memberId(ctx);
  if (!me) return null;
  const now = ctx.clock.now();
  const [latest] = await withTenant(ctx, (tx) =>
    tx
      .select()
      .from(ticketBulkChanges)
      .where(and(eq(ticketBulkChanges.tenantId, ctx.tenantId), eq(ticketBulkChanges.requestedBy, me)))
      .orderBy(desc(ticketBulkChanges.id))
      .limit(1),
  );
  if (!latest || (latest.finishedAt && now.getTime() - latest.finishedAt.getTime() > shownForMs)) return null;
  return stateOf(latest, now);
}

function stateOf({ undoes, undoUntil, steppedAt, ...bulk }: Running, now: Date): BulkState {
  const { id, status, total, changed, unchanged, startedAt } = bulk;
  return {
    id,
    status,
    total,
    changed,
    unchanged,
    isUndo: undoes !== null,
    undoable: undoUntil !== null && undoUntil > now,
    startedAt,
    stalled: status === "running" && now.getTime() - steppedAt.getTime() > stalledAfterMs,
  };
}

const shownForMs = 600_000;
/** Sooner than the sweep sees it. */
const stalledAfterMs = 10_000;
