import { useT } from "#app/i18n/react.tsx";
import type { Column } from "#app/shell/board/board-moves.ts";
import { useBoardMoves, type BoardMoves } from "#app/shell/board/use-board-moves.ts";
import { useTenantPath } from "#app/shell/shell-data.ts";

import type { TicketRow } from "./queue-rows.ts";
import type { Status } from "./ticket-words.ts";

export type TicketColumn = Column<Status, TicketRow>;
export type TicketMoves = BoardMoves<Status, TicketRow>;

const said = {
  taken: "boardTaken",
  over: "boardOver",
  dropped: "boardDropped",
  left: "boardLeft",
  refused: "boardRefused",
} as const;

/** Moves of tickets from status to status. */
export function useTicketMoves(known: readonly TicketColumn[]): TicketMoves {
  const t = useT("tickets");
  const to = useTenantPath();
  return useBoardMoves<Status, TicketRow>({
    known,
    words: (done, { number }, status, why) =>
      t(said[done], { number: String(number), column: t(`status.${status}`), why }),
    path: to("tickets/move"),
    moveOf: ({ id: ticketId }, status) => ({ ticketId, status }),
  });
}
