import { useEffect, useLayoutEffect, useState, type ReactNode, type RefObject } from "react";

import type { ThreadItem } from "./thread-items.ts";
import type { Place } from "./thread-pieces.ts";
import { takeJump, type Jump } from "./use-jump.ts";
import { useLaidRows, type LayRows } from "./use-laid-rows.ts";

/** Rows before what is missing at which it is asked for. */
const ahead = 40;

export interface PlacedRow {
  index: number;
  bottom: number;
  count: number;
  measure: (row: HTMLElement | null) => void;
}

interface ThreadRowsProps {
  /** What the list is called. */
  label: string;
  /** What scrolls: laid out from its end, so that its place is counted from there. */
  box: RefObject<HTMLDivElement | null>;
  /** What stands below the thread in the box. */
  tail: HTMLElement | null;
  items: readonly ThreadItem[];
  /** The rows that stand there while nothing lays them out. */
  plain: readonly ThreadItem[];
  /** Lays out the rows of a long thread. */
  longThread: LayRows | null;
  /** The end is in sight: what arrives may push the rest up. */
  isAtEnd: boolean;
  /** Where to go; another object is another wish. */
  jump: Jump | null;
  onNear: (place: Place) => void;
  rowOf: (item: ThreadItem, placed?: PlacedRow) => ReactNode;
}

/**
 * The rows of a thread: all of them, or of a long one those in sight. A row that stands there when the thread becomes a long
 * one stays the same element: what plays in it, is opened, selected or has the focus goes on.
 */
export function ThreadRows({
  label,
  box,
  tail,
  items,
  plain,
  longThread,
  isAtEnd,
  jump,
  onNear,
  rowOf,
}: ThreadRowsProps) {
  const count = items.length;
  const below = useHeightBelow(tail, box);
  const laid = useLaidRows(longThread, box, { items, below, isAtEnd });

  useLayoutEffect(() => {
    const at = jump && laid ? items.findIndex(({ key }) => key === jump.key) : -1;
    if (at >= 0 && takeJump(jump)) laid?.show(items.length - 1 - at);
  }, [jump, items, laid]);

  const shown = laid?.shown();
  const [newest = 0, oldest = 0] = [shown?.[0]?.index, shown?.at(-1)?.index];
  const isLaid = laid !== null;
  useEffect(() => {
    if (!isLaid) return;
    const until = Math.min(count - 1, oldest + ahead);
    for (let index = Math.max(0, newest - ahead); index <= until; index++) {
      const item = items[count - 1 - index]!;
      const place = item.type === "more" ? item.place : item.type === "message" ? item.gap : null;
      if (place) return onNear(place);
    }
  }, [isLaid, count, items, newest, oldest, onNear]);

  if (!laid || !shown)
    return (
      <ol aria-label={label} aria-live="off">
        {plain.map((item) => rowOf(item))}
      </ol>
    );
  return (
    <ol aria-label={label} className="relative w-full" style={{ height: laid.height }} aria-live="off" data-long="">
      {shown
        .toReversed()
        .map(({ index, bottom }) => rowOf(items[count - 1 - index]!, { index, bottom, count, measure: laid.measure }))}
    </ol>
  );
}

/** Pixels between the end of the thread and that of the box's content. */
function useHeightBelow(tail: HTMLElement | null, box: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    if (!tail || !box.current) return;
    const padding = Number.parseFloat(getComputedStyle(box.current).paddingBottom);
    const measure = () => setHeight(Math.round(tail.offsetHeight + padding));
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(tail);
    return () => watcher.disconnect();
  }, [tail, box]);
  return height;
}
