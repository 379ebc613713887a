import { useT } from "#app/i18n/react.tsx";
import { BoardBox } from "#app/shell/board/board-box.tsx";
import { useCardDrag } from "#app/shell/board/use-card-drag.ts";
import { useMoreCards } from "#app/shell/board/use-more-cards.ts";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";

import { BoardColumn } from "./board-column.tsx";
import type { ProspectRow } from "./data.ts";
import type { Status } from "./prospect-words.ts";
import { useProspectMoves, type ProspectColumn } from "./use-prospect-moves.ts";

interface BoardColumnsProps {
  /** Whose, as the address says it. */
  owner: string;
  columns: readonly ProspectColumn[];
}

/** The columns of the board side by side; cards go from one to another by pointer, by keyboard, or by their menu. */
export function BoardColumns({ owner, columns: first }: BoardColumnsProps) {
  const t = useT("prospects");
  const mayMove = useCan("prospects.write");
  const address = `${useTenantPath()("prospects/cards")}?owner=${owner}`;
  const { columns, loadMore } = useMoreCards<Status, ProspectRow>({ address, first, read: cardsIn });
  const moves = useProspectMoves(columns);
  const { board, over } = useCardDrag(columns, moves.drop);
  return (
    <BoardBox label={t("boardTitle")} hint={t("boardHint")} said={moves.said} board={board}>
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
    </BoardBox>
  );
}

type Written<T> = {
  [Name in keyof T]: T[Name] extends Date ? string : T[Name] extends Date | null ? string | null : T[Name];
};

/** As `cards.ts` answers: JSON knows no instants. */
function cardsIn(answer: unknown): { cards: ProspectRow[]; next: string | null } {
  const { cards, next } = answer as { cards: Written<ProspectRow>[]; next: string | null };
  return {
    next,
    cards: cards.map((card) => ({
      ...card,
      statusAt: new Date(card.statusAt),
      createdAt: new Date(card.createdAt),
      nextFollowUpAt: card.nextFollowUpAt === null ? null : new Date(card.nextFollowUpAt),
    })),
  };
}
