/** What a live event may have to wait for a step of a replay that is being applied, in milliseconds. */
const stepMs = 40;
/** Fewer save nothing: the statements cost the same. */
const fewest = 40;
/** As many as the drain takes in a turn. */
const mostPerStep = 200;
/** Only events that fail again, and are tried one by one, take this long in milliseconds even when they are few. */
const failingMs = 500;
const fewestFailing = 5;

/** Events put to work in a replay's first step, before it is known what they cost. */
export const firstStepSize = fewest;

/** Events for the next step, from what applying the last ones took: as many as fit, growing no faster than twofold. */
export function nextStepSize(size: number, applied: number, tookMs: number): number {
  if (applied === 0 || tookMs === 0) return size;
  const fitting = Math.round((applied * stepMs) / tookMs);
  return Math.max(tookMs > failingMs ? fewestFailing : fewest, Math.min(fitting, size * 2, mostPerStep));
}
