import { Temporal } from "temporal-polyfill";

/** When somebody is not to be disturbed: until an instant, and between two hours of their own day. */
export interface Quiet {
  mutedUntil: Date | null;
  quietFrom: string | null;
  quietUntil: string | null;
  timeZone: string;
}

/** Whether nobody is to be woken now. Hours that end before they begin go over midnight. */
export function isQuiet({ mutedUntil, quietFrom, quietUntil, timeZone }: Quiet, now: Date): boolean {
  if (mutedUntil && mutedUntil > now) return true;
  if (!quietFrom || !quietUntil) return false;
  const time = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainTime()
    .toString({ smallestUnit: "minute" });
  return quietFrom < quietUntil ? quietFrom <= time && time < quietUntil : time >= quietFrom || time < quietUntil;
}
