/** What a board shows: it has a name of its own, and stands in the column of its status. */
export interface Card<Name extends string> {
  id: string;
  status: Name;
}

/** A column of a board: its first cards, or as many as were asked for. */
export interface Column<Name extends string, One extends Card<Name>> {
  status: Name;
  cards: readonly One[];
  next: string | null;
  /** Counting stops after 1,000. */
  total: number;
}

/** A card that was moved here and is not yet known to be there. */
export interface Move<Name extends string> {
  id: string;
  to: Name;
}

/** The columns as they are once the moves are done: a moved card stands first, and is counted where it is. */
export function withMoves<Name extends string, One extends Card<Name>>(
  columns: readonly Column<Name, One>[],
  moves: readonly Move<Name>[],
): Column<Name, One>[] {
  const target = new Map(moves.map(({ id, to }) => [id, to]));
  const cards = columns.flatMap((column) => column.cards);
  return columns.map((column) => {
    const stay = column.cards.filter(({ id }) => (target.get(id) ?? column.status) === column.status);
    const come = cards.filter(({ id, status }) => target.get(id) === column.status && status !== column.status);
    const total = column.total - (column.cards.length - stay.length) + come.length;
    return { ...column, cards: [...come, ...stay], total };
  });
}

/** The column beside a status; the same where there is none. */
export function beside<Name extends string>(columns: readonly { status: Name }[], status: Name, by: 1 | -1): Name {
  const at = columns.findIndex((column) => column.status === status);
  return columns[at + by]?.status ?? status;
}
