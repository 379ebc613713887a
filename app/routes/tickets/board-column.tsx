import { useT } from "#app/i18n/react.tsx";
import { ColumnBox } from "#app/shell/board/column-box.tsx";
import type { Viewer } from "#app/shell/viewers.ts";

import { BoardCard } from "./board-card.tsx";
import type { TicketColumn, TicketMoves } from "./use-ticket-moves.ts";
import { statusTones } from "./ticket-words.ts";

interface BoardColumnProps {
  column: TicketColumn;
  moves: TicketMoves;
  mayMove: boolean;
  /** A card is dragged over it. */
  isOver: boolean;
  /** Who looks at which ticket. */
  viewers: ReadonlyMap<string, readonly Viewer[]>;
  onMore: () => void;
}

/** The tickets of one status, those that changed last on top. A card that is dropped here takes the status. */
export function BoardColumn({ column, moves, mayMove, isOver, viewers, onMore }: BoardColumnProps) {
  const t = useT("tickets");
  const { status, cards } = column;
  const isDone = status === "resolved" || status === "closed";
  return (
    <ColumnBox
      column={column}
      moves={moves}
      isOver={isOver}
      onMore={onMore}
      badge={<span className={`badge badge-dot tone-${statusTones[status]}`}>{t(`status.${status}`)}</span>}
      note={isDone ? t("boardDone") : null}
      empty={t("boardEmpty")}
      more={t("boardMore")}
    >
      {cards.map((card) => (
        <BoardCard
          key={card.id}
          card={card}
          status={status}
          moves={moves}
          mayMove={mayMove}
          viewers={viewers.get(card.id)}
        />
      ))}
    </ColumnBox>
  );
}
