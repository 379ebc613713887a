import { and, count, eq, ne } from "drizzle-orm";
import { savedViews } from "#db/schema/saved-views.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, forbidden, invalid } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { RenameViewInput, SaveViewInput, ShareViewInput, UpdateViewInput, ViewArea, ViewRef } from "./schemas.ts";
import { renameViewInput, saveViewInput, viewQueries } from "./schemas.ts";
import { viewChanged } from "./view-changed.ts";
import type { ViewRow } from "./view-rights.ts";
import { findView, mayShare, readerOf } from "./view-rights.ts";

/** Views of one member and list. */
const most = 50;

/** Keeps a filter under a name, for the acting member or for everybody. */
export async function saveView(ctx: Ctx, input: SaveViewInput): Promise<{ viewId: string }> {
  const { area, name, query, shared } = saveViewInput.parse(input);
  const ownerId = readerOf(ctx, area);
  if (shared && !mayShare(ctx)) throw forbidden();
  const kept = checked(area, query);
  return withTenant(ctx, async (tx) => {
    const id = newId();
    const [held] = await tx
      .select({ views: count() })
      .from(savedViews)
      .where(and(eq(savedViews.ownerId, ownerId), eq(savedViews.area, area)));
    if ((held?.views ?? 0) >= most)
      throw new DomainError("conflict", "too_many_views", { fields: { name: "too_many_views" } });
    await refuseTaken(tx, { ownerId, area, name, id });
    await tx.insert(savedViews).values({ tenantId: ctx.tenantId, id, ownerId, area, name, query: kept, shared });
    if (shared) await audit({ ...ctx, tx }, "view.share", { id, name, area });
    viewChanged(tx, id);
    return { viewId: id };
  });
}

export async function renameView(ctx: Ctx, input: RenameViewInput): Promise<void> {
  const { viewId, name } = renameViewInput.parse(input);
  await change(ctx, viewId, async (tx, view) => {
    await refuseTaken(tx, { ...view, name });
    if (view.shared) await audit({ ...ctx, tx }, "view.rename", { ...view, name });
    return { name };
  });
}

/** The filter as it is now takes the place of the one that was kept. */
export async function updateView(ctx: Ctx, { viewId, query }: UpdateViewInput): Promise<void> {
  await change(ctx, viewId, async (tx, view) => {
    const kept = checked(view.area, query);
    if (view.shared) await audit({ ...ctx, tx }, "view.update", { ...view, query: kept });
    return { query: kept };
  });
}

/** Shows the view to everybody who sees the list, or to its owner alone again. */
export async function shareView(ctx: Ctx, { viewId, shared }: ShareViewInput): Promise<void> {
  if (!mayShare(ctx)) throw forbidden();
  await change(ctx, viewId, async (tx, view) => {
    if (view.shared !== shared) await audit({ ...ctx, tx }, shared ? "view.share" : "view.unshare", view);
    return { shared };
  });
}

export async function removeView(ctx: Ctx, { viewId }: ViewRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const view = await findView(ctx, tx, viewId);
    await tx.delete(savedViews).where(eq(savedViews.id, viewId));
    if (view.shared) await audit({ ...ctx, tx }, "view.remove", view);
    viewChanged(tx, viewId);
  });
}

async function change(
  ctx: Ctx,
  viewId: string,
  changesOf: (tx: TenantTx, view: ViewRow) => Promise<Partial<typeof savedViews.$inferInsert>>,
): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const changes = await changesOf(tx, await findView(ctx, tx, viewId));
    await tx
      .update(savedViews)
      .set({ ...changes, updatedAt: ctx.clock.now() })
      .where(eq(savedViews.id, viewId));
    viewChanged(tx, viewId);
  });
}

/** Only what the list itself would understand is kept. */
function checked(area: ViewArea, query: Record<string, string>): Record<string, string> {
  const read = viewQueries[area].safeParse(query);
  if (!read.success) throw invalid({ query: "invalid" });
  return read.data;
}

async function refuseTaken(
  tx: TenantTx,
  { ownerId, area, name, id }: { ownerId: string; area: ViewArea; name: string; id: string },
): Promise<void> {
  const [taken] = await tx
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(
      and(eq(savedViews.ownerId, ownerId), eq(savedViews.area, area), eq(savedViews.name, name), ne(savedViews.id, id)),
    );
  if (taken) throw new DomainError("conflict", "name_taken", { fields: { name: "name_taken" } });
}

/** What everybody sees leaves a trace. */
async function audit(
  ctx: Ctx,
  action: string,
  { id, name, area, query }: { id: string; name: string; area: ViewArea; query?: Record<string, string> },
): Promise<void> {
  await recordAudit(ctx, {
    action,
    entityType: "view",
    entityId: id,
    data: { name, area, ...(query ? { query } : {}) },
  });
}
