import { onLiveChange } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import type { SavedView } from "#server/domains/saved-views/index.ts";
import { listViews } from "#server/domains/saved-views/index.ts";
import { countViews } from "./count-views.ts";
import type { BulkState } from "./find-bulk.ts";
import { currentBulk } from "./find-bulk.ts";
import { keptBriefly } from "#server/core/kept-briefly.ts";
import type { TicketColumn } from "./schemas.ts";
import { ticketColumns } from "./schemas.ts";

/** What stands around the rows of the queue, whatever the rows are. */
export interface QueueFrame {
  /** The columns that the member chose, in their order; null: the usual ones. */
  columns: TicketColumn[] | null;
  /** Saved views; the first ten with how many tickets each holds, up to 1,000 and one. */
  views: (SavedView & { count: number | null })[];
  /** Their bulk change that runs or ended lately. */
  bulk: BulkState | null;
}

type Kept = Pick<QueueFrame, "columns" | "bulk"> & { views: SavedView[] };
const frames = keptBriefly<Kept>({ forMs: 5_000, most: 2_000 });
/** What a member's views were when they were last read: they seldom change, and can be counted without being waited for. */
const lastViews = new Map<string, SavedView[]>();

/** In one round trip with whatever else the transaction asks, unless the member's views have changed since they were last read. */
export async function queueFrame(ctx: Ctx, tx: TenantTx): Promise<QueueFrame> {
  const me = memberId(ctx);
  if (!me) return { columns: null, views: [], bulk: null };
  const key = `${ctx.tenantId} ${me}`;
  const before = lastViews.get(key);
  const [kept, counted] = await Promise.all([
    frames.get(ctx.tenantId, me, ctx.clock, () => read(ctx, tx, me)),
    before ? countViews(ctx, tx, before) : null,
  ]);
  const isAsBefore = JSON.stringify(kept.views) === JSON.stringify(before);
  if (lastViews.size >= 2_000) lastViews.clear();
  lastViews.set(key, kept.views);
  const counts = counted && isAsBefore ? counted : await countViews(ctx, tx, kept.views);
  return { ...kept, views: kept.views.map((view) => ({ ...view, count: counts.get(view.id) ?? null })) };
}

// Views are named, columns chosen and bulk changes stepped in one process, and seen in all of them.
onLiveChange(({ tenantId, topic }) => {
  if (topic === "views") frames.forget(tenantId);
});

async function read(ctx: Ctx, tx: TenantTx, me: string): Promise<Kept> {
  const inner = { ...ctx, tx };
  const [[profile], views, bulk] = await Promise.all([
    tx.raw.unsafe<{ columns: string[] | null }[]>(
      "select ticket_columns as columns from user_profiles where tenant_id = $1 and user_id = $2::uuid",
      [ctx.tenantId, me],
      { prepare: true },
    ),
    listViews(inner, { area: "tickets" }),
    currentBulk(inner),
  ]);
  const chosen = profile?.columns;
  return {
    columns: chosen ? ticketColumns.filter((one) => chosen.includes(one)).toSorted(inOrderOf(chosen)) : null,
    views,
    bulk,
  };
}

const inOrderOf = (order: readonly string[]) => (a: string, b: string) => order.indexOf(a) - order.indexOf(b);
