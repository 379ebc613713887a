const awayCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "ENOENT",
  "EAI_AGAIN",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "57P01",
  "57P02",
  "57P03",
  "08000",
  "08003",
  "08006",
  "53100",
  "53200",
  "53300",
]);

/** True when an error, or what caused it, means that the database cannot do its work right now. */
export function isDatabaseAway(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ("code" in at && awayCodes.has(String(at.code))) return true;
  }
  return false;
}

/** True when the same transaction may well succeed if it is tried again: a deadlock, a lost race. */
export function isPassing(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ("code" in at && (at.code === "40P01" || at.code === "40001" || at.code === "conflict")) return true;
  }
  return false;
}

/** The SQLSTATE of an error or of what caused it. */
export function sqlStateOf(error: unknown): string | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ("code" in at && /^[0-9A-Z]{5}$/.test(String(at.code))) return String(at.code);
  }
  return null;
}
