import type { BusinessDays } from "#db/schema/tenants.ts";
import { evenDays, minutesOf } from "#server/domains/channels/index.ts";

const minuteMs = 60_000;

/** From the one instant until before the other, in milliseconds since 1970. */
export type Stretch = readonly [from: number, until: number];

/** When somebody works, by the wall clock of their zone. */
export interface WorkingWeek {
  /** IANA. */
  zone: string;
  days: BusinessDays;
  /** Dates on which they work these hours instead; none of them: not at all. */
  exceptions: ReadonlyMap<string, readonly { from: string; to: string }[]>;
}

/** When somebody works between two instants, in order; stretches that touch are one. Skipped hours are never worked, hours that come twice are worked twice. */
export function workingTime(week: WorkingWeek, from: number, until: number): Stretch[] {
  const joined: [number, number][] = [];
  for (const { stretch } of piecesOf(week, from, until)) {
    const last = joined.at(-1);
    if (last && last[1] === stretch[0]) last[1] = stretch[1];
    else joined.push([...stretch]);
  }
  return joined;
}

/**
 * The instants of working time at which the wall clock shows a multiple of a step after the beginning of that day's span:
 * 09:00, 09:30, 10:00 … An hour that comes twice has them twice.
 */
export function* gridOf(week: WorkingWeek, stepMinutes: number, from: number, until: number): Generator<number> {
  const step = stepMinutes * minuteMs;
  for (const { stretch, begins } of piecesOf(week, from, until)) {
    const first = begins + Math.ceil((stretch[0] - begins) / step) * step;
    for (let at = first; at < stretch[1]; at += step) yield at;
  }
}

interface Piece {
  stretch: Stretch;
  /** When the span that it is of would begin by the clock that runs here. */
  begins: number;
}

function* piecesOf({ zone, days, exceptions }: WorkingWeek, from: number, until: number): Generator<Piece> {
  for (const part of evenDays(zone, from, until)) {
    const spans = exceptions.get(part.day.toString()) ?? days[`${part.day.dayOfWeek}` as keyof BusinessDays] ?? [];
    for (const span of minutesOf(spans)) {
      const begins = part.midnight + span.from * minuteMs;
      const start = Math.max(begins, part.from);
      const end = Math.min(part.midnight + span.to * minuteMs, part.until);
      if (start < end) yield { stretch: [start, end], begins };
    }
  }
}

/** What is left of stretches once others are taken out of them; both in order of their beginnings. */
export function without(stretches: readonly Stretch[], taken: readonly Stretch[]): Stretch[] {
  return stretches.flatMap(([from, until]) => {
    const left: Stretch[] = [];
    let at = from;
    for (const [takenFrom, takenUntil] of taken) {
      if (takenUntil <= at || takenFrom >= until) continue;
      if (takenFrom > at) left.push([at, takenFrom]);
      at = Math.max(at, takenUntil);
    }
    if (at < until) left.push([at, until]);
    return left;
  });
}
