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

export function recallQueue(): RememberedQueue | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null") as RememberedQueue | null;
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
