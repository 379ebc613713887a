import { countUpTo } from "#db/count-up-to.ts";
import type { ProspectStatus } from "#db/schema/prospects.ts";
import { prospectStatuses } from "#db/schema/prospects.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { isOpen } from "./onward.ts";
import type { Put } from "./prospect-rows.ts";
import { beyondSql, boardOrder, cursorAt, filterSql, rowsSql } from "./prospect-rows.ts";
import type { BoardInput, ProspectRow } from "./schemas.ts";
import { boardInput } from "./schemas.ts";

export const cardsPerColumn = 25;
/** What is over shows for this long on the board. */
export const overForMs = 30 * 86_400_000;

export interface ProspectColumn {
  status: ProspectStatus;
  cards: ProspectRow[];
  next: string | null;
  /** Up to 1,000 and one. */
  total: number;
}

type Wanted = ReturnType<typeof boardInput.parse>;

/**
 * Prospects by status: of each the 25 that came to it last, with its count, in one round trip; or the cards that follow in one
 * column. What is over shows for a month.
 */
export async function readBoard(ctx: Ctx, input: BoardInput): Promise<{ columns: ProspectColumn[] }> {
  const wanted = boardInput.parse(input);
  const shown = wanted.column ? [wanted.column] : prospectStatuses;
  return withTenant(ctx, async (tx) => ({
    columns: await Promise.all(shown.map((status) => columnOf(ctx, tx, wanted, status))),
  }));
}

async function columnOf(ctx: Ctx, tx: TenantTx, wanted: Wanted, status: ProspectStatus): Promise<ProspectColumn> {
  const counted = columnSql(ctx, wanted, status);
  const page = columnSql(ctx, wanted, status);
  const beyond = wanted.after === undefined ? "" : ` and ${beyondSql(wanted.after, boardOrder, false, page.put)}`;
  const rows = rowsSql({ where: page.where + beyond, order: boardOrder, back: false, limit: cardsPerColumn + 1 });
  const [found, [total = 0]] = await Promise.all([
    tx.raw.unsafe<ProspectRow[]>(rows, page.params as never[], { prepare: true }),
    countUpTo(tx, [`prospects p where ${counted.where}`], counted.params),
  ]);
  const cards = found.slice(0, cardsPerColumn);
  const last = found.length > cardsPerColumn ? cards.at(-1) : undefined;
  return { status, cards, next: last ? cursorAt(last, boardOrder) : null, total };
}

function columnSql(
  ctx: Ctx,
  { ownerId }: Wanted,
  status: ProspectStatus,
): { where: string; params: unknown[]; put: Put } {
  const params: unknown[] = [ctx.tenantId];
  const put: Put = (value) => `$${params.push(value)}`;
  const where = filterSql({ status: [status], ownerId }, put);
  const since = new Date(ctx.clock.now().getTime() - overForMs);
  const recent = isOpen(status) ? "" : ` and p.status_at > ${put(since)}::timestamptz`;
  return { where: where + recent, params, put };
}
