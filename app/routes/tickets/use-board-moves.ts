import { useEffect, useRef, useState } from "react";
import { useRevalidator } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { notify } from "#app/ui/notices.ts";

import { moveCard } from "./move-card.ts";
import { withMoves, type Column, type Move } from "./board-moves.ts";
import type { TicketRow } from "./queue-rows.ts";
import type { Status } from "./ticket-words.ts";

export interface BoardMoves {
  columns: Column[];
  /** What happened last, for those who do not see it. */
  said: string;
  /** The card that the keyboard has taken, the column that it is of and the one that it is over. */
  held: { id: string; from: Status; over: Status } | null;
  take(card: TicketRow, from: Status): void;
  over(card: TicketRow, status: Status): void;
  drop(card: TicketRow, status: Status): void;
  letGo(card: TicketRow, from: Status): void;
}

/** Moves show at once. One that is refused goes back, in words; the truth of the server takes the place of those that are done. */
export function useBoardMoves(known: readonly Column[]): BoardMoves {
  const t = useT("tickets");
  const errorText = useErrorText();
  const to = useTenantPath();
  const { revalidate } = useRevalidator();
  const [moves, setMoves] = useState<readonly Move[]>([]);
  const [said, setSaid] = useState("");
  const [held, setHeld] = useState<BoardMoves["held"]>(null);
  const focus = useRef<string | null>(null);
  const columns = withMoves(known, moves);

  // A card that moved is drawn anew in another column: the focus goes with it.
  useEffect(() => {
    if (focus.current) document.getElementById(`card-${focus.current}`)?.focus();
    focus.current = null;
  });

  const name = (status: Status) => t(`status.${status}`);
  const say = (key: "boardTaken" | "boardOver" | "boardDropped" | "boardLeft", card: TicketRow, status: Status) =>
    setSaid(t(key, { number: String(card.number), column: name(status) }));
  const forget = (move: Move) => setMoves((all) => all.filter((one) => one !== move));

  const drop = async (card: TicketRow, status: Status) => {
    setHeld(null);
    const from = columns.find((column) => column.cards.some(({ id }) => id === card.id))?.status ?? card.status;
    if (from === status) return say("boardLeft", card, status);
    const move = { id: card.id, to: status };
    setMoves((all) => [...all.filter(({ id }) => id !== card.id), move]);
    focus.current = card.id;
    say("boardDropped", card, status);
    const refused = await moveCard(to("tickets/move"), { ticketId: card.id, status });
    if (refused === null) return void revalidate().then(() => forget(move));
    forget(move);
    const words = t("boardRefused", {
      number: String(card.number),
      column: name(card.status),
      why: errorText(refused),
    });
    setSaid(words);
    notify({ text: words, tone: "bad" });
  };

  return {
    columns,
    said,
    held,
    take: (card, from) => {
      setHeld({ id: card.id, from, over: from });
      say("boardTaken", card, from);
    },
    over: (card, status) => {
      setHeld((before) => before && { ...before, over: status });
      say("boardOver", card, status);
    },
    drop: (card, status) => void drop(card, status),
    letGo: (card, from) => {
      setHeld(null);
      say("boardLeft", card, from);
    },
  };
}
