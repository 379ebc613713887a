import type ICAL from "ical.js";
import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import type { WallTime, Window } from "./calendar-times.ts";
import { instantOf, wallTimeOf } from "./calendar-times.ts";

const longestRule = 300;
const coarse = /FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)/i;
const fine = /BYSECOND=|BYMINUTE=\d+,/i;
const dayMs = 86_400_000;
const mostDates = 2_000;

type Start = Pick<WallTime, "wall" | "zone">;

interface Recurring {
  component: ICAL.Component;
  start: WallTime;
  zone: string;
}

/** When an event begins within a window: by its rule and dates, without those it leaves out. */
export function startsOf({ component, start, zone }: Recurring, window: Window): Start[] {
  const left = new Set(datesOf(component, "exdate", zone).map(instantOf));
  const rules = component.getAllProperties("rrule").slice(0, 2);
  const byRule = rules.flatMap((rule) => occurrences(String(rule.getFirstValue()), start, window));
  const all = [...(rules.length > 0 ? byRule : [start]), ...datesOf(component, "rdate", zone)];
  return left.size === 0 ? all : all.filter((one) => !left.has(instantOf(one)));
}

/**
 * Nobody has appointments by the hour: rules that are finer than days, or list minutes, say nothing, and neither do those that take more
 * than the ten thousand steps that the library allows one (it has slower ways where it is given bounds of one's own).
 */
function occurrences(rule: string, start: WallTime, { from, until }: Window): Start[] {
  if (rule.length > longestRule || !coarse.test(rule) || fine.test(rule)) return [];
  try {
    const recurring = new RRuleTemporal({
      rruleString: `RRULE:${withEndOnWall(rule, start)}`,
      // Rules go by the clock on the wall. UTC stands for it here: every day has all of its hours, and zones are looked at once.
      dtstart: start.wall.toZonedDateTime("UTC"),
      tzid: "UTC",
      cache: false,
    });
    return recurring
      .between(new Date(from - dayMs), new Date(until + dayMs), true)
      .map(({ epochMilliseconds }) => ({ wall: wallAt(epochMilliseconds), zone: start.zone }));
  } catch {
    return [];
  }
}

const wallAt = (ms: number) => Temporal.PlainDateTime.from(new Date(ms).toISOString().slice(0, 19));

/** A rule's end may be written as a day, by the wall clock or in UTC: the end of that day, and what the clock showed then. */
function withEndOnWall(rule: string, { zone }: WallTime): string {
  return rule.replace(/UNTIL=(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)(Z?))?/i, (_, ...parts) => {
    const [year, month, day, hour = "23", minute = "59", second = "59", utc] = parts as string[];
    const written = Temporal.PlainDateTime.from(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
    const wall = utc ? written.toZonedDateTime("UTC").withTimeZone(zone).toPlainDateTime() : written;
    return `UNTIL=${wall.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "")}Z`;
  });
}

function datesOf(component: ICAL.Component, name: "exdate" | "rdate", zone: string): WallTime[] {
  return component
    .getAllProperties(name)
    .flatMap((property) =>
      property.getValues().flatMap((value) => wallTimeOf(value, property.getParameter("tzid"), zone) ?? []),
    )
    .slice(0, mostDates);
}
