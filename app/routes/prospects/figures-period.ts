import { boundsOf, dayAt } from "../appointments/calendar-address.ts";

export const periods = [30, 90, 365] as const;
export type Period = (typeof periods)[number];
const dayMs = 86_400_000;

/** The period that an address of the figures says. */
export const periodIn = (params: URLSearchParams): Period =>
  periods.find((known) => String(known) === params.get("days")) ?? 90;

/** The whole days of a period, today the last of them, and its first day as the list's address says it. */
export function spanOf(period: Period, now: number, timeZone: string): { since: string; from: Date; until: Date } {
  const since = dayAt(now - (period - 1) * dayMs, timeZone);
  const { from } = boundsOf([since], timeZone);
  return { since, from, until: boundsOf([dayAt(now, timeZone)], timeZone).until };
}
