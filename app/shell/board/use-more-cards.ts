import { useCallback, useEffect, useRef, useState } from "react";

import type { Card, Column } from "./board-moves.ts";

type Stretch<Name extends string, One extends Card<Name>> = Pick<Column<Name, One>, "cards" | "next">;

interface MoreCards<Name extends string, One extends Card<Name>> {
  /** Where the cards that follow are asked for, as an address that has parameters already; `column` and `after` are added to them. */
  address: string;
  first: readonly Column<Name, One>[];
  /** What is answered there, as cards. Stays the same function. */
  read: (answer: unknown) => Stretch<Name, One>;
}

/**
 * The columns with the cards that were asked for beyond the first ones. When the first ones change, those are asked
 * for again: what follows a place is never older than the place.
 */
export function useMoreCards<Name extends string, One extends Card<Name>>({
  address,
  first,
  read,
}: MoreCards<Name, One>) {
  const [more, setMore] = useState<Partial<Record<Name, Stretch<Name, One>>>>({});
  const wanted = useRef(new Map<Name, number>());

  const load = useCallback(
    async (column: Column<Name, One>, pages: number, gone: () => boolean) => {
      let { next } = column;
      const cards: One[] = [];
      for (let page = 0; page < pages && next !== null; page++) {
        const response = await fetch(`${address}&column=${column.status}&after=${encodeURIComponent(next)}`);
        if (!response.ok) return;
        const stretch = read(await response.json());
        cards.push(...stretch.cards);
        next = stretch.next;
      }
      if (!gone()) setMore((all) => ({ ...all, [column.status]: { cards, next } }));
    },
    [address, read],
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

  const columns = first.map((column): Column<Name, One> => {
    const beyond = more[column.status];
    if (!beyond) return column;
    const known = new Set(column.cards.map(({ id }) => id));
    return {
      ...column,
      cards: [...column.cards, ...beyond.cards.filter(({ id }) => !known.has(id))],
      next: beyond.next,
    };
  });
  const loadMore = (status: Name) => {
    const column = first.find((one) => one.status === status);
    const pages = (wanted.current.get(status) ?? 0) + 1;
    wanted.current.set(status, pages);
    if (column) void load(column, pages, () => false);
  };
  return { columns, loadMore };
}
