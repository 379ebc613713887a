import { startTransition, useEffect, useRef, useState } from "react";
import { useRevalidator } from "react-router";

import { useErrorText } from "#app/i18n/react.tsx";
import { notify } from "#app/ui/notices.ts";

import { withMoves, type Card, type Column, type Move } from "./board-moves.ts";
import { postMove } from "./post-move.ts";

/** What was done with a card, said to those who do not see it. `why` names the reason of a refusal. */
export type BoardWords<Name extends string, One> = (
  done: "taken" | "over" | "dropped" | "left" | "refused",
  card: One,
  status: Name,
  why: string,
) => string;

interface BoardAbout<Name extends string, One extends Card<Name>> {
  /** The columns as the server knows them. */
  known: readonly Column<Name, One>[];
  words: BoardWords<Name, One>;
  /** Where a move is posted, and what says it. */
  path: string;
  moveOf: (card: One, status: Name) => Record<string, string>;
  /** Once a card has moved. */
  onMoved?: (card: One, status: Name) => void;
}

export interface BoardMoves<Name extends string, One extends Card<Name>> {
  columns: Column<Name, One>[];
  /** What happened last, for those who do not see it. */
  said: string;
  /** The card that the keyboard has taken, the column that it is of and the one that it is over. */
  held: { id: string; from: Name; over: Name } | null;
  take(card: One, from: Name): void;
  over(card: One, status: Name): void;
  drop(card: One, status: Name): void;
  letGo(card: One, from: Name): void;
}

/** Moves show at once. One that is refused goes back, in words; the truth of the server takes the place of those that are done. */
export function useBoardMoves<Name extends string, One extends Card<Name>>({
  known,
  words,
  path,
  moveOf,
  onMoved,
}: BoardAbout<Name, One>): BoardMoves<Name, One> {
  const errorText = useErrorText();
  const { revalidate } = useRevalidator();
  const [moves, setMoves] = useState<readonly Move<Name>[]>([]);
  const [said, setSaid] = useState("");
  const [held, setHeld] = useState<BoardMoves<Name, One>["held"]>(null);
  const followed = useRef<{ id: string; to: Name; isNew: boolean } | null>(null);
  const columns = withMoves(known, moves);

  // A card that moved is drawn anew in another column, and again where news come before its answer: the focus goes with it,
  // until it stands where it was put or the focus went elsewhere.
  useEffect(() => {
    const card = followed.current;
    if (!card) return;
    const { activeElement, body } = document;
    if (card.isNew || activeElement === body) document.getElementById(`card-${card.id}`)?.focus();
    const went = !card.isNew && activeElement !== body && activeElement?.id !== `card-${card.id}`;
    const isThere = known.some(({ status, cards }) => status === card.to && cards.some(({ id }) => id === card.id));
    followed.current = went || (isThere && moves.every(({ id }) => id !== card.id)) ? null : { ...card, isNew: false };
  });

  const say = (done: "taken" | "over" | "dropped" | "left", card: One, status: Name) =>
    setSaid(words(done, card, status, ""));
  const forget = (move: Move<Name>) => setMoves((all) => all.filter((one) => one !== move));

  const drop = async (card: One, status: Name) => {
    setHeld(null);
    const from = columns.find((column) => column.cards.some(({ id }) => id === card.id))?.status ?? card.status;
    if (from === status) return say("left", card, status);
    const move = { id: card.id, to: status };
    setMoves((all) => [...all.filter(({ id }) => id !== card.id), move]);
    followed.current = { id: card.id, to: status, isNew: true };
    say("dropped", card, status);
    const refused = await postMove(path, moveOf(card, status));
    if (refused === null) {
      onMoved?.(card, status);
      // Behind what the server said, which is drawn in a transition too: no card goes back for a moment, and loses the focus.
      return void revalidate().then(() => startTransition(() => forget(move)));
    }
    if (followed.current?.id === card.id) followed.current.to = from;
    forget(move);
    const why = words("refused", card, card.status, errorText(refused));
    setSaid(why);
    notify({ text: why, tone: "bad" });
  };

  return {
    columns,
    said,
    held,
    take: (card, from) => {
      setHeld({ id: card.id, from, over: from });
      say("taken", card, from);
    },
    over: (card, status) => {
      setHeld((before) => before && { ...before, over: status });
      say("over", card, status);
    },
    drop: (card, status) => void drop(card, status),
    letGo: (card, from) => {
      setHeld(null);
      say("left", card, from);
    },
  };
}
