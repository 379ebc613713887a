/** What a live event may have to wait for a step of a replay that is being applied, in milliseconds. */
const stepMs = 30;
/** Even where each event is slow, as one that fails again, a step is worth its statements. */
const fewest = 5;
/** As many as the drain takes in a turn. */
const mostPerStep = 200;

/** Events put to work in a replay's first step, before it is known what they cost. */
export const firstStepSize = 20;

/** Events for the next step, from what applying the last ones took: as many as fit, growing no faster than twofold. */
export function nextStepSize(size: number, applied: number, tookMs: number): number {
  if (applied === 0 || tookMs === 0) return size;
  const fitting = Math.round((applied * stepMs) / tookMs);
  return Math.max(fewest, Math.min(fitting, size * 2, mostPerStep));
}
