/** The hours in which something came in are a channel's rhythm: which of them, of every week, are usually busy. */
export interface Rhythm {
  /** Beginnings of the hours in which something came in, oldest first. */
  busy: readonly Date[];
  /** Which of the week's 168 hours an instant falls into, by the tenant's clock. */
  slotOf(instant: Date): number;
  /** Whether the counter said that it is closed that whole day: nobody is missed then. */
  isClosed(instant: Date): boolean;
}

export interface Silence {
  /** Since when nothing came. */
  since: Date;
  /** How many hours that are usually busy went by in silence. */
  missed: number;
}

const hour = 3_600_000;
const week = 7 * 24 * hour;
/** Less than this tells nothing about a habit. */
const leastHistoryMs = 2 * week;
const leastBusyHours = 20;
/** So many usual hours have to be missed, and clearly more than in any silence there was before. */
const leastMissed = 4;
const muchLonger = 1.5;

/**
 * A silence against the channel's own habit, or null. Every hour counts by the share of weeks in which
 * something came in it: a night costs a shop nothing, a Tuesday morning much.
 */
export function findSilence({ busy, slotOf, isClosed }: Rhythm, now: Date): Silence | null {
  const [first, last] = [busy[0], busy.at(-1)];
  if (!first || !last || busy.length < leastBusyHours) return null;
  if (last.getTime() - first.getTime() < leastHistoryMs) return null;
  const share = sharesOf(busy, slotOf);
  const missedBetween = (from: Date, to: Date) => {
    let missed = 0;
    for (let at = from.getTime() + hour; at + hour <= to.getTime(); at += hour) {
      const instant = new Date(at);
      if (!isClosed(instant)) missed += share[slotOf(instant)] ?? 0;
    }
    return missed;
  };
  const missed = missedBetween(last, now);
  if (missed < leastMissed) return null;
  const worst = Math.max(...busy.slice(1).map((at, before) => missedBetween(busy[before]!, at)));
  return missed >= worst * muchLonger ? { since: last, missed } : null;
}

/** For each hour of the week: in what share of the weeks something came in it. */
function sharesOf(busy: readonly Date[], slotOf: Rhythm["slotOf"]): number[] {
  const counts = Array.from({ length: 168 }, () => 0);
  for (const at of busy) counts[slotOf(at)]! += 1;
  const weeks = Math.max(1, Math.round((busy.at(-1)!.getTime() - busy[0]!.getTime()) / week));
  return counts.map((count) => Math.min(1, count / weeks));
}

/** The hours of the week of a zone, Monday's first hour being 0. What was worked out once is kept. */
export function weekHours(zone: string): (instant: Date) => number {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    hourCycle: "h23",
  });
  const known = new Map<number, number>();
  return (instant) => {
    const at = Math.floor(instant.getTime() / hour);
    let slot = known.get(at);
    if (slot === undefined) {
      const parts = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
      slot = weekdays.indexOf(parts["weekday"] ?? "") * 24 + Number(parts["hour"]);
      known.set(at, slot);
    }
    return slot;
  };
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
