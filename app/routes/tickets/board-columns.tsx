import { useT } from "#app/i18n/react.tsx";
import { BoardBox } from "#app/shell/board/board-box.tsx";
import { useCardDrag } from "#app/shell/board/use-card-drag.ts";
import { useMoreCards } from "#app/shell/board/use-more-cards.ts";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { useViewers } from "#app/shell/viewers.ts";

import { BoardColumn } from "./board-column.tsx";
import { queueAddress, type Queue } from "./queue-address.ts";
import { readRows, type TicketRow } from "./queue-rows.ts";
import type { Status } from "./ticket-words.ts";
import { useTicketMoves, type TicketColumn } from "./use-ticket-moves.ts";

/** The columns of the board side by side; cards go from one to another by pointer, by keyboard, or by their menu. */
export function BoardColumns({ queue, columns: first }: { queue: Queue; columns: readonly TicketColumn[] }) {
  const t = useT("tickets");
  const mayMove = useCan("tickets.write");
  const address = useTenantPath()("tickets/cards") + queueAddress(queue);
  const { columns, loadMore } = useMoreCards<Status, TicketRow>({ address, first, read: cardsIn });
  const moves = useTicketMoves(columns);
  const viewers = useViewers();
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
          viewers={viewers}
          onMore={() => loadMore(column.status)}
        />
      ))}
    </BoardBox>
  );
}

/** As `cards.ts` answers. */
function cardsIn(answer: unknown) {
  const { lines, next } = answer as { lines: string; next: string | null };
  return { cards: readRows(lines), next };
}
