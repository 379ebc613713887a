import { and, asc, eq, or } from "drizzle-orm";
import { savedViews } from "#db/schema/saved-views.ts";
import { userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { ListViewsInput } from "./schemas.ts";
import { viewQueries } from "./schemas.ts";
import { mayShare, readerOf } from "./view-rights.ts";

export interface SavedView {
  id: string;
  name: string;
  /** The parameters of the list's address, those that it still understands. */
  query: Record<string, string>;
  /** Part of what was kept is no filter of this list any more. */
  outdated: boolean;
  shared: boolean;
  mine: boolean;
  ownerName: string;
  /** Whether the acting member may rename, update and remove it. */
  changeable: boolean;
}

/** A member has fifty at most; shared ones of more members than this stay out of sight. */
const most = 300;

/** The acting member's own views of a list and everybody's, in the order they were made. */
export async function listViews(ctx: Ctx, { area }: ListViewsInput): Promise<SavedView[]> {
  const userId = readerOf(ctx, area);
  const shares = mayShare(ctx);
  const { id, name, query, shared, ownerId } = savedViews;
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select({ id, name, query, shared, ownerId, ownerName: userProfiles.displayName })
      .from(savedViews)
      .innerJoin(
        userProfiles,
        and(eq(userProfiles.tenantId, savedViews.tenantId), eq(userProfiles.userId, savedViews.ownerId)),
      )
      .where(
        and(
          eq(savedViews.tenantId, ctx.tenantId),
          eq(savedViews.area, area),
          or(eq(ownerId, userId), eq(shared, true)),
        ),
      )
      .orderBy(asc(id))
      .limit(most),
  );
  return rows.map(({ ownerId: owner, ...view }) => {
    const read = viewQueries[area].safeParse(view.query);
    const mine = owner === userId;
    return {
      ...view,
      query: read.success ? read.data : {},
      outdated: !read.success,
      mine,
      changeable: view.shared ? shares : mine,
    };
  });
}
