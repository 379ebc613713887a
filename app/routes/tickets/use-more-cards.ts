import { useCallback, useEffect, useRef, useState } from "react";

import { useTenantPath } from "#app/shell/shell-data.ts";

import type { Column } from "./board-moves.ts";
import { queueAddress, type Queue } from "./queue-address.ts";
import { readRows, type TicketRow } from "./queue-rows.ts";
import type { Status } from "./ticket-words.ts";

type Stretch = Pick<Column, "cards" | "next">;

/**
 * The columns with the cards that were asked for beyond the first ones. When the first ones change, those are asked
 * for again: what follows a place is never older than the place.
 */
export function useMoreCards(queue: Queue, first: readonly Column[]) {
  const to = useTenantPath();
  const [more, setMore] = useState<Partial<Record<Status, Stretch>>>({});
  const wanted = useRef(new Map<Status, number>());
  const path = to("tickets/cards");
  const address = queueAddress(queue);

  const load = useCallback(
    async (column: Column, pages: number, gone: () => boolean) => {
      let { next } = column;
      const cards: TicketRow[] = [];
      for (let page = 0; page < pages && next !== null; page++) {
        const response = await fetch(`${path}${address}&column=${column.status}&after=${encodeURIComponent(next)}`);
        if (!response.ok) return;
        const stretch = (await response.json()) as { lines: string; next: string | null };
        cards.push(...readRows(stretch.lines));
        next = stretch.next;
      }
      if (!gone()) setMore((all) => ({ ...all, [column.status]: { cards, next } }));
    },
    [path, address],
  );

  useEffect(() => {
    let isGone = false;
    for (const column of first) {
      const pages = wanted.current.get(column.status) ?? 0;
      if (pages > 0) void load(column, pages, () => isGone);
    }
    return () => {
      isGone = true;
    };
  }, [first, load]);

  const columns = first.map((column): Column => {
    const beyond = more[column.status];
    if (!beyond) return column;
    const known = new Set(column.cards.map(({ id }) => id));
    return {
      ...column,
      cards: [...column.cards, ...beyond.cards.filter(({ id }) => !known.has(id))],
      next: beyond.next,
    };
  });
  const loadMore = (status: Status) => {
    const column = first.find((one) => one.status === status);
    const pages = (wanted.current.get(status) ?? 0) + 1;
    wanted.current.set(status, pages);
    if (column) void load(column, pages, () => false);
  };
  return { columns, loadMore };
}
