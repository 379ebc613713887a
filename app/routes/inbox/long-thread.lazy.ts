import {
  observeElementRect,
  Virtualizer,
  type Range,
  type VirtualItem,
  type VirtualizerOptions,
} from "@tanstack/react-virtual";
import type { RefObject } from "react";
import { flushSync } from "react-dom";

import type { LaidRows, RowsInBox } from "./use-laid-rows.ts";

/** Height of a row before it is measured, in pixels. */
const usual = 64;
/** Rows on either side of those in sight that are rendered too. */
const around = 12;

type List = Virtualizer<HTMLDivElement, HTMLElement>;
type Box = RefObject<HTMLDivElement | null>;

/**
 * Lays out a thread of any length: the rows in sight and some around them. Rows are counted from the newest and placed from
 * the end, as the box scrolls: older ones that come, or turn out higher than thought, move nothing that is below them.
 */
export default class LongThread implements LaidRows {
  readonly #list: List;
  readonly #fixed: Omit<VirtualizerOptions<HTMLDivElement, HTMLElement>, "count">;
  #items: RowsInBox["items"] = [];
  /** The same one while the items are: another has every row placed anew. */
  #keyAt = keysOf(this.#items);
  #below = 0;
  #isMeasuring = false;

  /** `redraw` renders anew whatever shows the rows. Those that stand in the box keep their heights, and so their places. */
  constructor(box: Box, redraw: () => void) {
    this.#fixed = {
      getScrollElement: () => box.current,
      estimateSize: () => usual,
      overscan: around,
      initialRect: { width: box.current?.offsetWidth ?? 0, height: box.current?.offsetHeight ?? 0 },
      initialOffset: () => fromEnd(box.current),
      initialMeasurementsCache: heightsIn(box.current),
      observeElementRect,
      observeElementOffset: observeFromEnd,
      scrollToFn: (offset, { adjustments = 0, behavior }, { scrollElement }) =>
        scrollElement?.scrollTo({ top: -(offset + adjustments), ...(behavior ? { behavior } : {}) }),
      rangeExtractor: (range) => withFocused(range, box.current),
      // While rows are measured they are being put into the page, which nothing may interrupt.
      onChange: (_, isUrgent) => (isUrgent && !this.#isMeasuring ? flushSync(redraw) : redraw()),
    };
    this.#list = new Virtualizer({ ...this.#fixed, count: 0 });
  }

  lay({ items, below, isAtEnd }: RowsInBox): void {
    if (items !== this.#items) this.#keyAt = keysOf(items);
    this.#items = items;
    this.#below = below;
    this.#list.setOptions({
      ...this.#fixed,
      count: items.length,
      getItemKey: this.#keyAt,
      scrollMargin: below,
      // Further up, the row at the lower edge keeps its place whatever comes after it.
      anchorTo: isAtEnd ? "start" : "end",
    });
  }

  get height(): number {
    return this.#list.getTotalSize();
  }

  shown(): { index: number; bottom: number }[] {
    return this.#list.getVirtualItems().map(({ index, start }) => ({ index, bottom: start - this.#below }));
  }

  readonly measure = (row: HTMLElement | null): void => {
    this.#isMeasuring = true;
    this.#list.measureElement(row);
    this.#isMeasuring = false;
  };

  show(index: number): void {
    this.#list.scrollToIndex(index, { align: "center" });
  }

  begin(): () => void {
    // oxlint-disable-next-line no-underscore-dangle -- the library's names for those who bring it into a page
    return this.#list._didMount();
  }

  rendered(): void {
    // oxlint-disable-next-line no-underscore-dangle -- as above
    this.#list._willUpdate();
  }
}

const keysOf = (items: RowsInBox["items"]) => (index: number) => items[items.length - 1 - index]!.key;

/** How far the box is scrolled from its end, in pixels. */
const fromEnd = (box: HTMLElement | null) => -(box?.scrollTop ?? 0);

/** Milliseconds without a scroll after which it has ended. */
const restMs = 150;

function observeFromEnd(list: List, tell: (offset: number, isScrolling: boolean) => void) {
  const box = list.scrollElement;
  if (!box) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hear = () => {
    clearTimeout(timer);
    timer = setTimeout(() => tell(fromEnd(box), false), restMs);
    tell(fromEnd(box), true);
  };
  box.addEventListener("scroll", hear, { passive: true });
  return () => {
    clearTimeout(timer);
    box.removeEventListener("scroll", hear);
  };
}

/** The row that has the focus stays, wherever one scrolls: keys would go nowhere otherwise. */
function withFocused({ startIndex, endIndex, overscan, count }: Range, box: HTMLElement | null): number[] {
  const [from, to] = [Math.max(0, startIndex - overscan), Math.min(count - 1, endIndex + overscan)];
  const indexes = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const row = document.activeElement?.closest<HTMLElement>("[data-long] > li");
  const focused = row && box?.contains(row) ? Number(row.dataset["index"]) : Number.NaN;
  if (!(focused >= 0 && focused < count) || (focused >= from && focused <= to)) return indexes;
  return focused < from ? [focused, ...indexes] : [...indexes, focused];
}

function heightsIn(box: HTMLElement | null): VirtualItem[] {
  return [...(box?.querySelectorAll<HTMLElement>("[data-key]") ?? [])].map((row, index) => {
    const size = row.offsetHeight;
    return { key: row.dataset["key"]!, index, start: 0, end: size, size, lane: 0 };
  });
}
