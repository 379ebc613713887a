import type { ReactNode } from "react";

import { capped } from "#app/i18n/format.ts";
import { useFormat } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";

import type { Card, Column } from "./board-moves.ts";
import type { BoardMoves } from "./use-board-moves.ts";

interface ColumnBoxProps<Name extends string, One extends Card<Name>> {
  column: Column<Name, One>;
  moves: BoardMoves<Name, One>;
  /** A card is dragged over it. */
  isOver: boolean;
  onMore: () => void;
  /** The status, as it is marked everywhere. */
  badge: ReactNode;
  /** What of it is shown, where that is not all. */
  note: string | null;
  empty: string;
  more: string;
  /** Its cards. */
  children: ReactNode;
}

/** A column of a board. A card that is dropped here takes its status. */
export function ColumnBox<Name extends string, One extends Card<Name>>(props: ColumnBoxProps<Name, One>) {
  const { column, moves, isOver, onMore, badge, note, empty, more, children } = props;
  const { status, cards, next, total } = column;
  const format = useFormat();
  const isTarget = isOver || (moves.held?.over === status && moves.held.from !== status);
  return (
    <section
      aria-labelledby={`column-${status}`}
      className={cx(
        "flex w-72 shrink-0 flex-col rounded-xl bg-sunken max-sm:w-[calc(100vw-4rem)] max-sm:snap-start lg:min-w-56 lg:flex-1 lg:shrink",
        isTarget && "outline-2 -outline-offset-2 outline-accent",
      )}
      data-column={status}
    >
      <h2 id={`column-${status}`} className="flex items-center gap-2 px-3 pt-2.5 pb-2 text-xs font-semibold">
        {badge}
        <span className="font-normal text-dim tabular-nums">{capped(total, format)}</span>
        {note ? <span className="ml-auto font-normal text-faint">{note}</span> : null}
      </h2>
      <ul className="flex min-h-16 flex-1 flex-col gap-2 overflow-y-auto px-2 pb-2">
        {children}
        {cards.length === 0 ? <li className="px-1 py-3 text-center text-faint">{empty}</li> : null}
        {next ? (
          <li>
            <Button size="sm" variant="quiet" className="w-full" onClick={onMore}>
              {more}
            </Button>
          </li>
        ) : null}
      </ul>
    </section>
  );
}
