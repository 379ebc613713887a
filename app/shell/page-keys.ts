import type { Dictionary } from "#app/i18n/dictionaries.ts";

/** A key that does something on the page as it stands. */
interface PageKey {
  /** As `KeyboardEvent.key` names it, lower-case: the letter it produces, on every keyboard. */
  key: string;
  /** What it does: words of the shell, or the name of what it presses. */
  words: keyof Dictionary["shell"] | null;
  name: string;
  press: () => void;
  /** Held down, it goes on. */
  repeats?: boolean;
  /** It presses a control of this page. */
  ofPage?: boolean;
}

/** What the shell opens. */
export interface Windows {
  palette: () => void;
  help: () => void;
}

/**
 * Every key that does something now, by what it does: J and K step through `[data-row]`, X ticks the row one is in, any
 * other presses, or goes into, the first visible element whose `aria-keyshortcuts` names it. The keys' handler, the help
 * and the palette all read this one list.
 */
export function keysOfPage(open: Windows): PageKey[] {
  const rows = rowsOfPage();
  const keys = keysOfControls();
  if (!keys.some(({ key }) => key === "/"))
    keys.push({ key: "/", words: "key.palette", name: "", press: open.palette });
  if (rows.length > 0) {
    keys.push({ key: "j", words: "key.next", name: "", press: () => step(1), repeats: true });
    keys.push({ key: "k", words: "key.previous", name: "", press: () => step(-1), repeats: true });
  }
  if (rows.some(boxOf)) keys.push({ key: "x", words: "key.select", name: "", press: tick });
  keys.push({ key: "?", words: "key.help", name: "", press: open.help });
  return keys;
}

function keysOfControls(): PageKey[] {
  const known = new Map<string, PageKey>();
  for (const element of document.querySelectorAll<HTMLElement>("[aria-keyshortcuts]")) {
    if (!isReady(element)) continue;
    for (const key of element.getAttribute("aria-keyshortcuts")?.toLowerCase().split(" ") ?? [])
      if (key.length === 1 && !known.has(key))
        known.set(key, { key, words: null, name: nameOf(element), press: () => pressElement(element), ofPage: true });
  }
  return [...known.values()];
}

function isReady(element: HTMLElement): boolean {
  return (
    element.checkVisibility() && !element.matches(":disabled,[aria-disabled=true]") && !element.closest("[role=dialog]")
  );
}

/** What a control is called: its label, else its words without those for eyes only. */
function nameOf(element: HTMLElement): string {
  const label = element.getAttribute("aria-label");
  if (label) return label;
  if (
    element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement
  )
    return element.labels?.[0]?.textContent.trim() || (element.getAttribute("placeholder") ?? "");
  const words = element.cloneNode(true) as HTMLElement;
  for (const hidden of words.querySelectorAll("[aria-hidden=true]")) hidden.remove();
  return words.textContent.trim();
}

function pressElement(element: HTMLElement): void {
  if (isTypedInto(element)) element.focus();
  else element.click();
}

/** Whether keys pressed in it are written. */
export function isTypedInto(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target.isContentEditable || target.matches("textarea,select,[role=textbox]");
}

function rowsOfPage(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-row]")].filter((row) => row.checkVisibility());
}

const boxOf = (row: HTMLElement) => row.querySelector<HTMLInputElement>("input[type=checkbox]:not(:disabled)");

/** The place of the row that has the focus, else of the open one; -1 where neither is. */
function placeOf(rows: readonly HTMLElement[]): number {
  const focused = rows.findIndex((row) => row.contains(document.activeElement));
  return focused >= 0 ? focused : rows.findIndex((row) => row.matches("[data-current]"));
}

/** Moves the focus to the link of the next or previous row. */
function step(by: 1 | -1): void {
  const rows = rowsOfPage();
  const from = placeOf(rows);
  const row = rows[from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + by))];
  const link = row?.matches("a") ? row : row?.querySelector<HTMLElement>("a");
  link?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

/** Ticks the row one is in, or the first. */
function tick(): void {
  const rows = rowsOfPage();
  const row = rows[Math.max(0, placeOf(rows))];
  if (row) boxOf(row)?.click();
}
