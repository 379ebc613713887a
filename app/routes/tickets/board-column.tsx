import { capped } from "#app/i18n/format.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";

import { BoardCard } from "./board-card.tsx";
import type { Column } from "./board-moves.ts";
import { statusTones } from "./ticket-words.ts";
import type { BoardMoves } from "./use-board-moves.ts";

interface BoardColumnProps {
  column: Column;
  moves: BoardMoves;
  mayMove: boolean;
  /** A card is dragged over it. */
  isOver: boolean;
  onMore: () => void;
}

/** The tickets of one status, those that changed last on top. A card that is dropped here takes the status. */
export function BoardColumn({ column, moves, mayMove, isOver, onMore }: BoardColumnProps) {
  const t = useT("tickets");
  const format = useFormat();
  const { status, cards, next, total } = column;
  const isTarget = isOver || (moves.held?.over === status && moves.held.from !== status);
  const isDone = status === "resolved" || status === "closed";
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
        <span className={`badge badge-dot tone-${statusTones[status]}`}>{t(`status.${status}`)}</span>
        <span className="font-normal text-dim tabular-nums">{capped(total, format)}</span>
        {isDone ? <span className="ml-auto font-normal text-faint">{t("boardDone")}</span> : null}
      </h2>
      <ul className="flex min-h-16 flex-1 flex-col gap-2 overflow-y-auto px-2 pb-2">
        {cards.map((card) => (
          <BoardCard key={card.id} card={card} status={status} moves={moves} mayMove={mayMove} />
        ))}
        {cards.length === 0 ? <li className="px-1 py-3 text-center text-faint">{t("boardEmpty")}</li> : null}
        {next ? (
          <li>
            <Button size="sm" variant="quiet" className="w-full" onClick={onMore}>
              {t("boardMore")}
            </Button>
          </li>
        ) : null}
      </ul>
    </section>
  );
}
