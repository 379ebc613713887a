import { and, eq, or } from "drizzle-orm";
import { savedViews } from "#db/schema/saved-views.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Permission } from "#server/auth/permissions.ts";
import { allows } from "#server/auth/permissions.ts";
import type { Ctx } from "#server/core/context.ts";
import { forbidden, notFound } from "#server/core/errors.ts";
import type { ViewArea } from "./schemas.ts";

export type ViewRow = typeof savedViews.$inferSelect & { area: ViewArea };

/** Who sees a list may keep views of it. */
const readers: Record<ViewArea, Permission> = {
  webhook_logs: "logs.read",
  tickets: "tickets.read",
  inbox: "conversations.read",
  calls: "conversations.read",
  prospects: "prospects.read",
  appointments: "appointments.read",
  customers: "customers.read",
};

/** The acting member, if they see the list; else `forbidden`. */
export function readerOf({ actor }: Ctx, area: ViewArea): string {
  if (actor.type !== "member" || !allows(actor.role, readers[area])) throw forbidden();
  return actor.userId;
}

export function mayShare({ actor }: Ctx): boolean {
  return actor.type === "member" && allows(actor.role, "views.share");
}

/**
 * The view, locked, for who may change it: its owner, or, once it is everybody's, who may share. Another's
 * own view does not exist for them.
 */
export async function findView(ctx: Ctx, tx: TenantTx, viewId: string): Promise<ViewRow> {
  const userId = ctx.actor.type === "member" ? ctx.actor.userId : null;
  if (!userId) throw forbidden();
  const [row] = await tx
    .select()
    .from(savedViews)
    .where(and(eq(savedViews.id, viewId), or(eq(savedViews.ownerId, userId), eq(savedViews.shared, true))))
    .for("update");
  if (!row) throw notFound();
  const view = row as ViewRow;
  readerOf(ctx, view.area);
  if (view.shared && !mayShare(ctx)) throw forbidden();
  return view;
}
