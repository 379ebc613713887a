import { countCap } from "#db/count-up-to.ts";
import { ticketStatuses } from "#db/schema/tickets.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import type { TicketCounts } from "./count-tickets.ts";
import { countTickets } from "./count-tickets.ts";
import type { QueueFrame } from "./queue-frame.ts";
import { queueFrame } from "./queue-frame.ts";
import type { BoardInput } from "./schemas.ts";
import { boardInput } from "./schemas.ts";
import type { TicketStatus } from "./ticket-changes.ts";
import { isDone } from "./ticket-changes.ts";
import type { Put } from "./ticket-filter.ts";
import { filterSql } from "./ticket-filter.ts";
import type { TicketRow } from "./ticket-rows.ts";
import { beyondSql, cursorAt, rowsSql } from "./ticket-rows.ts";

export const cardsPerColumn = 25;
/** What is done shows for this long on the board. */
export const doneForMs = 7 * 86_400_000;
const order = { sort: "updated", down: true } as const;

export interface BoardColumn {
  status: TicketStatus;
  cards: TicketRow[];
  next: string | null;
  /** Up to 1,000 and one. */
  total: number;
}

export interface Board {
  columns: BoardColumn[];
  counts: TicketCounts;
  frame: QueueFrame;
}

type Wanted = ReturnType<typeof boardInput.parse>;

/**
 * A view by status: of each the 25 tickets that changed last, with its count, in one round trip; or the cards
 * that follow in one column. A view of open work shows beside it what of the same was done within the week.
 */
export async function boardTickets(ctx: Ctx, input: BoardInput): Promise<Board> {
  const wanted = boardInput.parse(input);
  const shown = wanted.column ? [wanted.column] : ticketStatuses.filter((status) => isShown(wanted, status));
  return withTenant(ctx, async (tx) => {
    const [counts, frame, ...columns] = await Promise.all([
      countTickets(ctx, tx),
      queueFrame(ctx, tx),
      ...shown.map((status) => columnOf(ctx, tx, wanted, status)),
    ]);
    return { columns, counts, frame };
  });
}

function isShown({ view, status: asked }: Wanted, status: TicketStatus): boolean {
  if (asked?.length) return asked.includes(status);
  return view !== "waiting" || status === "waiting_customer";
}

async function columnOf(ctx: Ctx, tx: TenantTx, wanted: Wanted, status: TicketStatus): Promise<BoardColumn> {
  const counted = columnSql(ctx, wanted, status);
  const page = columnSql(ctx, wanted, status);
  const beyond = wanted.after === undefined ? "" : ` and ${beyondSql(wanted.after, order, page.put)}`;
  const rows = rowsSql({ where: page.where + beyond, ...order, limit: cardsPerColumn + 1 });
  const [found, [count]] = await Promise.all([
    tx.raw.unsafe<TicketRow[]>(rows, page.params as never[], { prepare: true }),
    tx.raw.unsafe<{ total: number }[]>(
      `select count(*)::int as total from (select 1 from tickets t where ${counted.where} limit ${countCap + 1}) x`,
      counted.params as never[],
      { prepare: true },
    ),
  ]);
  const cards = found.slice(0, cardsPerColumn);
  const last = found.length > cardsPerColumn ? cards.at(-1) : undefined;
  return { status, cards, next: last ? cursorAt(last, order.sort) : null, total: count?.total ?? 0 };
}

function columnSql(ctx: Ctx, wanted: Wanted, status: TicketStatus): { where: string; params: unknown[]; put: Put } {
  const params: unknown[] = [ctx.tenantId];
  const put: Put = (value) => `$${params.push(value)}`;
  const { view, narrowing } = filterSql({ ...wanted, status: undefined }, memberId(ctx), put, {
    doneToo: isDone(status),
  });
  const recent = isDone(status)
    ? [`t.updated_at > ${put(new Date(ctx.clock.now().getTime() - doneForMs))}::timestamptz`]
    : [];
  return {
    where: ["t.tenant_id = $1", `t.status = '${status}'`, view, ...recent, ...narrowing].join(" and "),
    params,
    put,
  };
}
