import { useEffect, useRef, useState } from "react";

import type { Card, Column } from "./board-moves.ts";

const nameIn = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>("[data-column]")?.dataset["column"] : undefined;

/**
 * Lets cards (`[data-card]`) of a board be dragged from column to column (`[data-column]`); answers where the board
 * is to be drawn, and the column that a card is dragged over.
 */
export function useCardDrag<Name extends string, One extends Card<Name>>(
  columns: readonly Column<Name, One>[],
  drop: (card: One, column: Name) => void,
) {
  const board = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState<Name | null>(null);
  const current = useRef({ columns, drop });
  useEffect(() => {
    current.current = { columns, drop };
  });
  useEffect(() => {
    const element = board.current;
    if (!element) return;
    const columnOf = (target: EventTarget | null): Name | null => {
      const name = nameIn(target);
      return current.current.columns.find(({ status }) => status === name)?.status ?? null;
    };
    let dragged: string | null = null;
    const gone = new AbortController();
    const listen = (type: "dragstart" | "dragover" | "drop" | "dragend", act: (event: DragEvent) => void) =>
      element.addEventListener(type, act, { signal: gone.signal });
    listen("dragstart", (event) => {
      const card = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-card]") : null;
      dragged = card?.dataset["card"] ?? null;
      if (!event.dataTransfer || !card) return;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", card.innerText);
    });
    listen("dragover", (event) => {
      const column = columnOf(event.target);
      setOver(dragged === null ? null : column);
      if (dragged !== null && column) event.preventDefault();
    });
    listen("drop", (event) => {
      const column = columnOf(event.target);
      if (dragged === null || !column) return;
      event.preventDefault();
      const cards = current.current.columns.flatMap((one) => one.cards);
      const card = cards.find(({ id }) => id === dragged);
      if (card) current.current.drop(card, column);
    });
    listen("dragend", () => {
      dragged = null;
      setOver(null);
    });
    return () => gone.abort();
  }, []);
  return { board, over };
}
