const windows = "[role=dialog],[role=menu],[role=listbox]";

/**
 * Keys that work anywhere on a page, read as the letter they produce, so that every keyboard layout works.
 * ⌘K/Ctrl-K finds; `?` helps; `/` goes to the page's filter; J and K step through `[data-row]`; any other
 * key presses, or goes into, the first visible element whose `aria-keyshortcuts` names it.
 */
export function listenToKeys(open: { palette: () => void; help: () => void }): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const key = event.key.toLowerCase();
    if (key === "k" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      open.palette();
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector(windows)) return;
    const done =
      key === "j" || key === "k"
        ? step(key === "j" ? 1 : -1)
        : key === "?"
          ? run(open.help)
          : pressShortcut(key) || (key === "/" && run(open.palette));
    if (done) event.preventDefault();
  };
  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target.isContentEditable || target.matches("textarea,select");
}

function run(action: () => void): true {
  action();
  return true;
}

/** Moves the focus to the link of the next or previous row, from the focused row or the open one. */
function step(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")].filter(isVisible);
  if (rows.length === 0) return false;
  const focused = rows.findIndex((row) => row.contains(document.activeElement));
  const from = focused >= 0 ? focused : rows.findIndex((row) => row.matches("[data-current]"));
  const row = rows[from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + by))];
  const link = row?.matches("a") ? row : row?.querySelector<HTMLElement>("a");
  link?.focus();
  row?.scrollIntoView({ block: "nearest" });
  return true;
}

function pressShortcut(key: string): boolean {
  if (key.length !== 1) return false;
  const candidates = document.querySelectorAll<HTMLElement>("[aria-keyshortcuts]");
  const target = [...candidates].find(
    (element) =>
      element.getAttribute("aria-keyshortcuts")?.toLowerCase().split(" ").includes(key) &&
      isVisible(element) &&
      !element.matches(":disabled,[aria-disabled=true]"),
  );
  if (!target) return false;
  if (isTyping(target)) target.focus();
  else target.click();
  return true;
}

function isVisible(element: HTMLElement): boolean {
  return element.checkVisibility();
}
