import type { TicketRow } from "./queue-rows.ts";
import type { Status } from "./ticket-words.ts";

/** A column of the board: its first cards, or as many as were asked for. */
export interface Column {
  status: Status;
  cards: readonly TicketRow[];
  next: string | null;
  /** Counting stops after 1,000. */
  total: number;
}

/** A card that was moved here and is not yet known to be there. */
export interface Move {
  id: string;
  to: Status;
}

/** The columns as they are once the moves are done: a moved card stands first, and is counted where it is. */
export function withMoves(columns: readonly Column[], moves: readonly Move[]): Column[] {
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
export function beside(columns: readonly Column[], status: Status, by: 1 | -1): Status {
  const at = columns.findIndex((column) => column.status === status);
  return columns[at + by]?.status ?? status;
}
