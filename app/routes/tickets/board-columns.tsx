import { useRef } from "react";

import { useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";

import { BoardColumn } from "./board-column.tsx";
import type { Column } from "./board-moves.ts";
import type { Queue } from "./queue-address.ts";
import { useBoardMoves } from "./use-board-moves.ts";
import { useCardDrag } from "./use-card-drag.ts";
import { useMoreCards } from "./use-more-cards.ts";

/** The columns of the board side by side; cards go from one to another by pointer, by keyboard, or by their menu. */
export function BoardColumns({ queue, columns: first }: { queue: Queue; columns: readonly Column[] }) {
  const t = useT("tickets");
  const mayMove = useCan("tickets.write");
  const { columns, loadMore } = useMoreCards(queue, first);
  const moves = useBoardMoves(columns);
  const board = useRef<HTMLDivElement>(null);
  const over = useCardDrag(board, (id, status) => {
    const card = columns.flatMap(({ cards }) => cards).find((one) => one.id === id);
    if (card) moves.drop(card, status);
  });
  return (
    <section aria-label={t("boardTitle")} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <p id="board-hint" className="sr-only">
        {t("boardHint")}
      </p>
      <p role="status" className="sr-only">
        {moves.said}
      </p>
      <div
        ref={board}
        className="flex min-h-0 flex-1 gap-3 overflow-x-auto px-5 pb-4 max-sm:snap-x max-sm:snap-mandatory max-sm:scroll-px-4 max-sm:px-4"
      >
        {moves.columns.map((column) => (
          <BoardColumn
            key={column.status}
            column={column}
            moves={moves}
            mayMove={mayMove}
            isOver={over === column.status}
            onMore={() => loadMore(column.status)}
          />
        ))}
      </div>
    </section>
  );
}
