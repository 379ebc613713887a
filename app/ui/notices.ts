export interface Notice {
  text: string;
  tone?: "ok" | "bad" | "info";
  /** Something to do about it, such as taking it back. */
  action?: { label: string; run: () => void };
}

const waiting: Notice[] = [];
let deliver: (() => void) | null = null;

/** Says something in a corner for a few seconds, read aloud too. For what has happened, never for form errors. */
export function notify(notice: Notice): void {
  waiting.push(notice);
  deliver?.();
}

/** What was said since the last call. */
export function takeNotices(): Notice[] {
  return waiting.splice(0);
}

/** Calls back for every notice; one listener at a time. */
export function onNotice(listener: () => void): () => void {
  deliver = listener;
  if (waiting.length > 0) listener();
  return () => {
    deliver = null;
  };
}
