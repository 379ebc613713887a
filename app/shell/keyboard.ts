import { isTypedInto, keysOfPage, type Windows } from "./page-keys.ts";
import { singleKeysAreOn } from "./single-keys.ts";

const windows = "[role=dialog],[role=menu],[role=listbox]";

/**
 * Keys that work anywhere on a page, read as the letter they produce, so that every keyboard layout works. ⌘K/Ctrl-K
 * finds; the others are those of `keysOfPage`. None works while one writes, while a character is being composed, under a
 * window, or for a member who switched them off.
 */
export function listenToKeys(open: Windows): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.key === "Process" || event.key === "Dead") return;
    const key = event.key.toLowerCase();
    if (key === "k" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      open.palette();
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey || isTypedInto(event.target) || !singleKeysAreOn()) return;
    if (key.length !== 1 || document.querySelector(windows)) return;
    const found = keysOfPage(open).find((one) => one.key === key);
    if (!found) return;
    event.preventDefault();
    if (!event.repeat || found.repeats) found.press();
  };
  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}
