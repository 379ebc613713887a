/** A refused login is tried again this rarely: mail hosts lock out who knocks too often. */
const refusedMs = 15 * 60_000;
const firstMs = 2_000;
const longestMs = 5 * 60_000;
/** A connection that lived for this long was a good one. */
const goodAfterMs = 60_000;

/** How long to stay away from a mailbox after a failure, milliseconds. */
export function createBackoff(random: () => number = Math.random) {
  let failures = 0;
  return {
    /** Failures in a row. */
    failures: () => failures,
    lived: (ms: number) => {
      if (ms >= goodAfterMs) failures = 0;
    },
    reset: () => {
      failures = 0;
    },
    next: (kind: "retry" | "slow" | "channel"): number => {
      failures += 1;
      const base =
        kind === "channel" ? refusedMs : Math.min(firstMs * 2 ** (failures - 1 + (kind === "slow" ? 3 : 0)), longestMs);
      return base * (0.75 + random() / 2);
    },
  };
}
