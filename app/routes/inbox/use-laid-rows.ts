import { useLayoutEffect, useReducer, useState, type RefObject } from "react";

import type { ThreadItem } from "./thread-items.ts";

/** What is to be laid out, as it is now. */
export interface RowsInBox {
  /** Oldest first. */
  items: readonly ThreadItem[];
  /** Pixels between the end of the rows and that of the box's content. */
  below: number;
  /** The end is in sight: what arrives may push the rest up. */
  isAtEnd: boolean;
}

/** Where the rows of a long thread stand. Indexes count from the newest. */
export interface LaidRows {
  /** Before each rendering. */
  lay(rows: RowsInBox): void;
  /** Of all rows together, in pixels. */
  readonly height: number;
  /** Those to render, newest first; `bottom` is their distance from the end of the rows, in pixels. */
  shown(): { index: number; bottom: number }[];
  /** Takes each row once it stands in the page. */
  readonly measure: (row: HTMLElement | null) => void;
  /** Scrolls there. */
  show(index: number): void;
  /** Once, in the page; answers its end. */
  begin(): () => void;
  /** After each rendering, before it is painted. */
  rendered(): void;
}

/** What lays out the rows of a box; `redraw` renders them anew. */
export type LayRows = new (box: RefObject<HTMLDivElement | null>, redraw: () => void) => LaidRows;

/** Where the rows stand once there is something that lays them out; null while they stand as they come. */
export function useLaidRows(
  Lay: LayRows | null,
  box: RefObject<HTMLDivElement | null>,
  rows: RowsInBox,
): LaidRows | null {
  const redraw = useReducer((times: number) => times + 1, 0)[1];
  const [laid, setLaid] = useState<LaidRows | null>(null);
  if (Lay && !laid) setLaid(new Lay(box, redraw));
  if (!Lay && laid) setLaid(null);
  laid?.lay(rows);
  useLayoutEffect(() => laid?.begin(), [laid]);
  useLayoutEffect(() => laid?.rendered());
  return laid;
}
