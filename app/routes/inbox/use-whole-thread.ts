import { useEffect, useState, type RefObject } from "react";
import { flushSync } from "react-dom";

/**
 * Whether every row that is known stands in the page: on paper, and once somebody looks for words with the browser's own
 * search, which finds only what is there.
 */
export function useWholeThread(box: RefObject<HTMLElement | null>, isLong: boolean): boolean {
  const [whole, setWhole] = useState<"printed" | "searched" | null>(null);
  useEffect(() => {
    if (!isLong) return;
    let place = 0;
    const print = () => {
      place = box.current?.scrollTop ?? 0;
      flushSync(() => setWhole((known) => known ?? "printed"));
    };
    const printed = () => {
      flushSync(() => setWhole((known) => (known === "printed" ? null : known)));
      if (box.current) box.current.scrollTop = place;
    };
    const search = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "f" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      if (box.current) keepInPlace(box.current, () => flushSync(() => setWhole("searched")));
    };
    window.addEventListener("beforeprint", print);
    window.addEventListener("afterprint", printed);
    document.addEventListener("keydown", search);
    return () => {
      window.removeEventListener("beforeprint", print);
      window.removeEventListener("afterprint", printed);
      document.removeEventListener("keydown", search);
    };
  }, [box, isLong]);
  return whole !== null;
}

/** Changes what the box holds; the row that is uppermost in sight stays where it is. */
function keepInPlace(box: HTMLElement, change: () => void): void {
  const top = box.getBoundingClientRect().top;
  const rows = [...box.querySelectorAll<HTMLElement>("[data-key]")];
  const row = rows.find((one) => one.getBoundingClientRect().bottom > top);
  const key = row?.dataset["key"];
  const was = row?.getBoundingClientRect().top ?? 0;
  change();
  const is = key && box.querySelector(`[data-key="${CSS.escape(key)}"]`)?.getBoundingClientRect().top;
  if (typeof is === "number") box.scrollTop += is - was;
}
