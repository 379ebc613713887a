import { useT } from "#app/i18n/react.tsx";
import { ColumnBox } from "#app/shell/board/column-box.tsx";

import { BoardCard } from "./board-card.tsx";
import { isOpen } from "./prospect-words.ts";
import { StatusBadge } from "./status-badge.tsx";
import type { ProspectColumn, ProspectMoves } from "./use-prospect-moves.ts";

interface BoardColumnProps {
  column: ProspectColumn;
  moves: ProspectMoves;
  mayMove: boolean;
  /** A card is dragged over it. */
  isOver: boolean;
  onMore: () => void;
}

/** The prospects of one status, those that came last on top. A card that is dropped here takes the status. */
export function BoardColumn({ column, moves, mayMove, isOver, onMore }: BoardColumnProps) {
  const t = useT("prospects");
  const { status, cards } = column;
  return (
    <ColumnBox
      column={column}
      moves={moves}
      isOver={isOver}
      onMore={onMore}
      badge={<StatusBadge status={status} />}
      note={isOpen(status) ? null : t("boardOver30")}
      empty={t("boardEmpty")}
      more={t("boardMore")}
    >
      {cards.map((card) => (
        <BoardCard key={card.id} card={card} status={status} moves={moves} mayMove={mayMove} />
      ))}
    </ColumnBox>
  );
}
