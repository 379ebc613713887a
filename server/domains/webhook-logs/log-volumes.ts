/** The quarter of an hour: every zone of the world begins its days at one. */
export const quarterMs = 900_000;
/** An event is in its quarter for good this long after it came: what comes later asks for a recount. */
export const settledMs = 300_000;
export const noChannel = "00000000-0000-0000-0000-000000000000";

export function quarterOf(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / quarterMs) * quarterMs);
}

/** Whole milliseconds at which the classes after the first begin, up to the largest an integer holds. */
const beginnings = Array.from({ length: 62 }, (_, before) => Math.ceil(2 ** ((before + 1) / 2)) - 1);

/** The class of the time that an event took, in SQL over `log`. Looked up: a logarithm of a numeric costs fifty times as much. */
export const speedOfLog = `case when log.processing_time_ms is null then -1
  else width_bucket(log.processing_time_ms, '{${beginnings.join(",")}}'::integer[]) end`;

/** Milliseconds at which a class begins. */
const beginningOf = (speed: number) => 2 ** (speed / 2) - 1;

/**
 * The time that `share` of the events took at most, milliseconds, read from counts by class: exact to the
 * class, which is 41 % wide, and evenly spread within it. Null without any.
 */
export function percentileOf(bySpeed: ReadonlyMap<number, number>, share: number): number | null {
  const classes = [...bySpeed].filter(([speed]) => speed >= 0).toSorted(([a], [b]) => a - b);
  const total = classes.reduce((sum, [, events]) => sum + events, 0);
  if (total === 0) return null;
  let rest = share * total;
  for (const [speed, events] of classes) {
    if (rest <= events) {
      const [from, to] = [beginningOf(speed), beginningOf(speed + 1)];
      return Math.round(from + (to - from) * (rest / events));
    }
    rest -= events;
  }
  return Math.round(beginningOf(classes.at(-1)![0] + 1));
}
