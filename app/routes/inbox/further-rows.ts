import type { ListRow } from "./data.ts";

/** A row's place in the list: the newest message first. */
export type RowKey = Pick<ListRow, "id" | "lastMessageAt">;

/** What is known of a list beyond its live first page. */
export interface FurtherRows<Row extends RowKey = ListRow> {
  /** In the list's order. */
  rows: readonly Row[];
  /** Where the next page begins: after this row. null: nothing is missing. */
  end: RowKey | null;
  nextCursor: string | null;
}

/** What a first page leaves to be known. */
export const nothingFurther = <Row extends RowKey>(first: readonly Row[], nextCursor: string | null) =>
  ({ rows: [], end: nextCursor === null ? null : (first.at(-1) ?? null), nextCursor }) satisfies FurtherRows<Row>;

/** With the page that follows. */
export function addPage<Row extends RowKey>(
  { rows }: FurtherRows<Row>,
  page: { rows: readonly Row[]; nextCursor: string | null },
): FurtherRows<Row> {
  const fetched = new Set(page.rows.map(({ id }) => id));
  return {
    rows: [...rows.filter(({ id }) => !fetched.has(id)), ...page.rows].toSorted(inOrder),
    end: page.nextCursor === null ? null : (page.rows.at(-1) ?? null),
    nextCursor: page.nextCursor,
  };
}

/** The first page has moved on: what it no longer reaches to goes on being shown below it. */
export function keepPushedOut<Row extends RowKey>(
  further: FurtherRows<Row>,
  before: readonly Row[],
  first: readonly Row[],
): FurtherRows<Row> {
  const last = first.at(-1);
  const there = new Set([...first, ...further.rows].map(({ id }) => id));
  const pushed = last ? before.filter((row) => inOrder(row, last) > 0 && !there.has(row.id)) : [];
  if (pushed.length === 0) return further;
  return { ...further, rows: [...pushed, ...further.rows].toSorted(inOrder) };
}

/** As these rows are now: those that are not among the answer have left the list, or stand further than it is known. */
export function replaceRows<Row extends RowKey>(
  { rows, end, nextCursor }: FurtherRows<Row>,
  ids: ReadonlySet<string>,
  answer: readonly Row[],
): FurtherRows<Row> {
  const here = answer.filter((row) => end === null || inOrder(row, end) <= 0);
  return { rows: [...rows.filter(({ id }) => !ids.has(id)), ...here].toSorted(inOrder), end, nextCursor };
}

/** The whole list as far as it is known. As far as the first page reaches, what it does not hold is not there. */
export function allRows<Row extends RowKey>(first: readonly Row[], further: FurtherRows<Row>): Row[] {
  const last = first.at(-1);
  if (!last) return [];
  const seen = new Set(first.map(({ id }) => id));
  return [...first, ...further.rows.filter((row) => inOrder(row, last) > 0 && !seen.has(row.id))];
}

function inOrder(a: RowKey, b: RowKey): number {
  return b.lastMessageAt.getTime() - a.lastMessageAt.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}
