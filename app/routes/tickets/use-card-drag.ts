import { useEffect, useRef, useState, type RefObject } from "react";

import { statuses, type Status } from "./ticket-words.ts";

const columnOf = (target: EventTarget | null): Status | null => {
  const name = target instanceof Element ? target.closest<HTMLElement>("[data-column]")?.dataset["column"] : undefined;
  return statuses.find((status) => status === name) ?? null;
};

/**
 * Lets cards (`[data-card]`) of a board be dragged from column to column (`[data-column]`); answers the column that
 * a card is dragged over. `drop` is called with the card's id.
 */
export function useCardDrag(board: RefObject<HTMLElement | null>, drop: (id: string, status: Status) => void) {
  const [over, setOver] = useState<Status | null>(null);
  const onDrop = useRef(drop);
  useEffect(() => {
    onDrop.current = drop;
  });
  useEffect(() => {
    const element = board.current;
    if (!element) return;
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
      onDrop.current(dragged, column);
    });
    listen("dragend", () => {
      dragged = null;
      setOver(null);
    });
    return () => gone.abort();
  }, [board]);
  return over;
}
