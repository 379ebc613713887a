const dayMs = 86_400_000;

/** Days that a business may keep its log: a week to look into what went wrong, a year and a month to look back. */
export const leastDays = 7;
export const mostDays = 400;

/** Raw posts are kept this long at most, and never longer than the events they brought. */
export const postDays = 14;

/** Counts by quarter of an hour, checks, refusals that were only counted and analytics events: a year, and what it is compared with. */
export const countDays = 400;

/** Where the log begins for a term of so many days: it keeps whole days, UTC, like its partitions. */
export function keptFrom(now: Date, days: number): Date {
  return new Date((Math.floor(now.getTime() / dayMs) - days) * dayMs);
}
