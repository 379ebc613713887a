import type { ticketBulkChanges } from "#db/schema/ticket-queue.ts";

/** Tickets that a step looks at, at most: what a live change may have to wait for. */
export const bulkStepSize = 500;
/** For how long a finished change can be taken back. */
export const undoForMs = 86_400_000;

export type Running = typeof ticketBulkChanges.$inferSelect;

/** What a step came to. */
export interface Stretch {
  /** The last ticket that it looked at; null: there was none left. */
  cursor: string | null;
  changed: number;
  unchanged: number;
  /** Nothing follows. */
  isLast: boolean;
}

/** Of more tickets than a page holds nobody is told one by one: their new assignee sees them in the queue. */
const mostTold = 100;

export const isQuiet = ({ total }: Pick<Running, "total">) => total > mostTold;

/** What every line of a ticket's timeline says of the change that wrote it. */
export function markOf(bulk: Running): Record<string, unknown> {
  return { bulk: bulk.id, ...(isQuiet(bulk) ? { quiet: true } : {}) };
}
