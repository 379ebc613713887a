/** The queue that a member was in, for its tickets: remembered in the tab, so that each tab has its own. */
export interface RememberedQueue {
  /** The page's path with its parameters. */
  address: string;
  /** Its place in the tab's history. */
  place: number;
}

const key = "guichet.queue";

export function rememberQueue(address: string): void {
  sessionStorage.setItem(key, JSON.stringify({ address, place: placeInHistory() } satisfies RememberedQueue));
}

/** As it is kept, to be read with {@link readRemembered}: the same text until another queue is opened. */
export function rememberedText(): string | null {
  return sessionStorage.getItem(key);
}

export function readRemembered(text: string | null): RememberedQueue | null {
  try {
    const kept = JSON.parse(text ?? "null") as RememberedQueue | null;
    return typeof kept?.address === "string" ? kept : null;
  } catch {
    return null;
  }
}

/** Whether one step back in the tab leads to the remembered queue, as it was scrolled. */
export function isOneStepBack({ place }: RememberedQueue): boolean {
  return placeInHistory() === place + 1;
}

/** React Router numbers the entries that it makes. */
function placeInHistory(): number {
  const { idx } = (history.state ?? {}) as { idx?: number };
  return idx ?? 0;
}
