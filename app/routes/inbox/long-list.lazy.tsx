import { useVirtualizer } from "@tanstack/react-virtual";
import type { ReactNode, RefObject } from "react";

import type { RowPlace } from "./conversation-row.tsx";

/** Height of a row before it is measured, in pixels. */
const usual = 58;

interface LongListProps {
  label: string;
  /** What scrolls. */
  box: RefObject<HTMLDivElement | null>;
  count: number;
  /** Rows there are in all; -1 while that is not known. */
  total: number;
  keyAt: (at: number) => string;
  rowAt: (at: number, place: RowPlace, measure: (row: HTMLElement | null) => void) => ReactNode;
}

/** A list of any length: the rows in sight and some around them, each told its place among all. */
export default function LongList({ label, box, count, total, keyAt, rowAt }: LongListProps) {
  // oxlint-disable-next-line react/incompatible-library -- this very component is rendered anew with each scroll
  const list = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => usual,
    getItemKey: keyAt,
    overscan: 12,
  });
  const shown = list.getVirtualItems();
  return (
    <ul aria-label={label} style={{ height: list.getTotalSize(), paddingTop: shown[0]?.start ?? 0 }}>
      {shown.map(({ index }) => rowAt(index, { position: index + 1, total }, list.measureElement))}
    </ul>
  );
}
