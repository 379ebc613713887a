import { test } from "@playwright/test";

/** When the demo's business is closed, as months and days. */
const holidays = ["01-01", "05-01", "12-25"];

/**
 * A day on which no other test books: a weekday (1 is Monday) of a week that is 4 to 7 weeks ahead, behind the demo's own
 * appointments and within what may be booked. A second attempt has another.
 */
export function quietDay(weekday: number, weeks: number): string {
  const { retry, repeatEachIndex } = test.info();
  let ahead = weeks + retry + repeatEachIndex;
  // Christmas and New Year's Day are a week apart.
  while (holidays.includes(dayOf(weekday, ahead).slice(5))) ahead++;
  return dayOf(weekday, ahead);
}

function dayOf(weekday: number, weeks: number): string {
  const day = new Date(Date.now() + weeks * 7 * 86_400_000);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7) + weekday - 1);
  return day.toISOString().slice(0, 10);
}
