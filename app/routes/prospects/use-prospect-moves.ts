import { useRevalidator } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import type { Column } from "#app/shell/board/board-moves.ts";
import { postMove } from "#app/shell/board/post-move.ts";
import { useBoardMoves, type BoardMoves } from "#app/shell/board/use-board-moves.ts";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { notify } from "#app/ui/notices.ts";

import type { ProspectRow } from "./data.ts";
import type { Status } from "./prospect-words.ts";

export type ProspectColumn = Column<Status, ProspectRow>;
export type ProspectMoves = BoardMoves<Status, ProspectRow>;

const said = {
  taken: "boardTaken",
  over: "boardOver",
  dropped: "boardDropped",
  left: "boardLeft",
  refused: "boardRefused",
} as const;

/** Moves of prospects from status to status. Who becomes a client by it can be taken back at once. */
export function useProspectMoves(known: readonly ProspectColumn[]): ProspectMoves {
  const t = useT("prospects");
  const errorText = useErrorText();
  const path = useTenantPath()("prospects/move");
  const { revalidate } = useRevalidator();
  const undo = async ({ id: prospectId, status }: ProspectRow) => {
    const refused = await postMove(path, { prospectId, status, undo: "" });
    notify(refused === null ? { text: t("undone"), tone: "ok" } : { text: errorText(refused), tone: "bad" });
    await revalidate();
  };
  return useBoardMoves<Status, ProspectRow>({
    known,
    words: (done, { customerName: name }, status, why) => t(said[done], { name, column: t(`status.${status}`), why }),
    path,
    moveOf: ({ id: prospectId }, status) => ({ prospectId, status }),
    onMoved: (card, status) => {
      if (status !== "converted") return;
      const action = { label: t("undo"), run: () => void undo(card) };
      notify({ text: t("converted", { name: card.customerName }), tone: "ok", action });
    },
  });
}
