/** How many of a channel's events or sends failed. */
export interface Tally {
  total: number;
  failed: number;
}

/** Fewer failures within the hour are chance. */
const leastFailed = 5;
/** Below this share nobody is told, however rare failures are otherwise. */
const leastShare = 0.1;
/** Told of an alert, an admin is told of its end well below where it began: no share makes it flap. */
const overShare = 0.05;

/**
 * The share that usually fails, between 0 and 1. A channel with little history is taken to fail now and
 * then: as if one of twenty more had.
 */
export function usualShare({ total, failed }: Tally): number {
  return (failed + 1) / (total + 20);
}

/**
 * Whether the last hour is worse than usual beyond chance: three times the usual share, a tenth at least,
 * and three standard deviations above what the usual share would bring.
 */
export function isFailing(recent: Tally, usual: Tally): boolean {
  const expected = usualShare(usual);
  const chance = recent.total * expected + 3 * Math.sqrt(recent.total * expected * (1 - expected));
  return (
    recent.failed >= leastFailed &&
    recent.failed >= recent.total * Math.max(leastShare, Math.min(3 * expected, 0.9)) &&
    recent.failed > chance
  );
}

/** Whether an alert has no ground any more: something came or went, and hardly more of it failed than usually does. */
export function isOver(recent: Tally, usual: Tally): boolean {
  return recent.total > 0 && recent.failed <= recent.total * Math.max(overShare, 1.5 * usualShare(usual));
}
