import type { KeyboardEvent } from "react";

import { beside, type Card } from "./board-moves.ts";
import type { BoardMoves } from "./use-board-moves.ts";

/** Space takes the card and puts it down, the arrows choose the column meanwhile, Escape lets go. */
export function onCardKey<Name extends string, One extends Card<Name>>(
  event: KeyboardEvent,
  card: One,
  status: Name,
  moves: BoardMoves<Name, One>,
): void {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  const held = moves.held?.id === card.id ? moves.held : null;
  const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
  if (event.key === " ") {
    if (held) moves.drop(card, held.over);
    else moves.take(card, status);
  } else if (held && by !== 0) moves.over(card, beside(moves.columns, held.over, by));
  else if (held && event.key === "Enter") moves.drop(card, held.over);
  else if (held && event.key === "Escape") moves.letGo(card, status);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
