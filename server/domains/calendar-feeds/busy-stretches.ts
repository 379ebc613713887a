import { setImmediate as turn } from "node:timers/promises";
import ICAL from "ical.js";
import type { Stretch, WallTime, Window } from "./calendar-times.ts";
import { instantOf, isZone, wallTimeOf } from "./calendar-times.ts";
import { readCalendar } from "./read-components.ts";
import { startsOf } from "./recurring-starts.ts";
import { Unreadable } from "./unreadable.ts";
import { ownUids } from "./write-calendar.ts";

/** What is read of one calendar at most: stretches that are kept, those found before they are joined, and milliseconds of work. */
const most = { stretches: 5_000, found: 200_000, ms: 20_000 };
const dayMs = 86_400_000;

/**
 * When the owner of a calendar (RFC 5545) is busy between two instants: stretches in order that do not overlap. Events that say they
 * leave the time free, and cancelled ones, do not count. `home` is the owner's zone. Throws {@link Unreadable}; an event
 * that makes no sense is left aside. Gives way to other work in between.
 */
export async function busyStretches(text: string, home: string, window: Window): Promise<Stretch[]> {
  const calendar = readCalendar(text);
  const deadline = performance.now() + most.ms;
  const named = calendar.getFirstPropertyValue("x-wr-timezone");
  const zone = typeof named === "string" && isZone(named) ? named : home;
  const found = calendar.getAllSubcomponents("vfreebusy").flatMap((one) => sensible(() => freeBusy(one, zone)));
  const events = calendar
    .getAllSubcomponents("vevent")
    .flatMap((component) => sensible(() => readEvent(component, zone)));
  const moved = movedStarts(events);
  for (const event of events.filter(({ isFree }) => !isFree)) {
    if (performance.now() > deadline || found.length > most.found) throw new Unreadable("too_large");
    if (event.component.hasProperty("rrule")) await turn();
    found.push(...sensible(() => stretchesOf(event, moved.get(event.uid), window)));
  }
  const busy = together(found.filter(([from, until]) => until > window.from && from < window.until));
  if (busy.length > most.stretches) throw new Unreadable("too_large");
  return busy;
}

interface Event {
  component: ICAL.Component;
  uid: string;
  start: WallTime;
  lengthMs: number;
  /** Of one occurrence that differs from the others of its event: which one. */
  occurrence: number | null;
  isFree: boolean;
  zone: string;
}

function readEvent(component: ICAL.Component, zone: string): Event[] {
  const at = (name: string) => {
    const property = component.getFirstProperty(name);
    return property ? wallTimeOf(property.getFirstValue(), property.getParameter("tzid"), zone) : null;
  };
  const start = at("dtstart");
  if (!start) return [];
  const occurrence = at("recurrence-id");
  return [
    {
      component,
      uid: String(component.getFirstPropertyValue("uid")),
      start,
      lengthMs: lengthOf(component, start, at("dtend")),
      occurrence: occurrence && instantOf(occurrence),
      isFree: isFree(component),
      zone,
    },
  ];
}

function lengthOf(component: ICAL.Component, start: WallTime, end: WallTime | null): number {
  if (end && start.isDay) return end.wall.toPlainDate().since(start.wall.toPlainDate()).days * dayMs;
  if (end) return instantOf(end) - instantOf(start);
  const duration = component.getFirstPropertyValue("duration");
  if (duration instanceof ICAL.Duration) return duration.toSeconds() * 1_000;
  return start.isDay ? dayMs : 0;
}

/** What came out of here by a feed and comes back is known already, and from its source. */
function isFree(component: ICAL.Component): boolean {
  const says = (name: string) => String(component.getFirstPropertyValue(name) ?? "").toUpperCase();
  return (
    says("uid").endsWith(ownUids.toUpperCase()) ||
    says("status") === "CANCELLED" ||
    says("transp") === "TRANSPARENT" ||
    says("x-microsoft-cdo-busystatus") === "FREE"
  );
}

/** Occurrences that stand for themselves, by their event. */
function movedStarts(events: readonly Event[]): Map<string, Set<number>> {
  const moved = new Map<string, Set<number>>();
  for (const { uid, occurrence } of events) {
    if (occurrence === null) continue;
    const those = moved.get(uid) ?? new Set();
    moved.set(uid, those.add(occurrence));
  }
  return moved;
}

function stretchesOf(event: Event, moved: ReadonlySet<number> | undefined, window: Window): Stretch[] {
  const { start, lengthMs, occurrence } = event;
  if (lengthMs <= 0) return [];
  const near = { from: window.from - lengthMs - dayMs, until: window.until };
  const starts =
    occurrence === null
      ? startsOf(event, near).filter((one) => !moved || !moved.has(instantOf(one)))
      : [{ wall: start.wall, zone: start.zone }];
  return starts.map((one) => {
    const from = instantOf(one);
    // Whole days end when the clock shows midnight again, however long they were.
    const until = start.isDay ? instantOf({ ...one, wall: one.wall.add({ days: lengthMs / dayMs }) }) : from + lengthMs;
    return [from, until] as const;
  });
}

function freeBusy(component: ICAL.Component, zone: string): Stretch[] {
  return component.getAllProperties("freebusy").flatMap((property) => {
    if (String(property.getParameter("fbtype") ?? "").toUpperCase() === "FREE") return [];
    return property.getValues().flatMap((period) => {
      if (!(period instanceof ICAL.Period)) return [];
      const [from, until] = [wallTimeOf(period.start, null, zone), wallTimeOf(period.getEnd(), null, zone)];
      return from && until ? [[instantOf(from), instantOf(until)] as const] : [];
    });
  });
}

/** What a part of the calendar says; nothing where its values cannot be. The library reads them as they are asked for. */
function sensible<T>(read: () => T[]): T[] {
  try {
    return read();
  } catch {
    return [];
  }
}

function together(stretches: readonly Stretch[]): Stretch[] {
  const joined: [number, number][] = [];
  for (const [from, until] of stretches.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], until);
    else if (until > from) joined.push([from, until]);
  }
  return joined;
}
