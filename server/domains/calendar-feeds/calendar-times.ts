import type ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";

/** A time of a calendar as its writer's clock showed it, and by which zone's. */
export interface WallTime {
  /** `2026-11-24T14:30:00`; a whole day is its midnight. */
  wall: Temporal.PlainDateTime;
  /** IANA, or an offset such as `+02:00`. */
  zone: string;
  isDay: boolean;
}

/** From the one millisecond since 1970 until before the other. */
export type Stretch = readonly [from: number, until: number];

export interface Window {
  from: number;
  until: number;
}

/**
 * When a property says, by the zone it names: a known one, else what the calendar tells of it, else the reader's `home`, which is also
 * that of times without a zone and of whole days. Null where it says no time.
 */
export function wallTimeOf(time: unknown, tzid: unknown, home: string): WallTime | null {
  if (!isTime(time)) return null;
  const { year, month, day, hour, minute, second } = time;
  try {
    const at = { year, month, day, hour, minute, second: Math.min(second, 59) };
    const wall = Temporal.PlainDateTime.from(at, { overflow: "reject" });
    return { wall, zone: zoneOf(time, wall, tzid, home), isDay: time.isDate };
  } catch {
    return null;
  }
}

/** Milliseconds since 1970. A time that the clocks skip is moved on, one that comes twice is the first. */
export function instantOf({ wall, zone }: Pick<WallTime, "wall" | "zone">): number {
  const { year, month, day, hour, minute, second } = wall;
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  const offset = year < 1_000 ? null : steadyOffset(zone, Math.floor(asUtc / dayMs));
  return offset === null ? wall.toZonedDateTime(zone).epochMilliseconds : asUtc - offset;
}

const dayMs = 86_400_000;
const offsets = new Map<string, number | null>();
const mostOffsets = 20_000;

/** A zone's offset around a day, in milliseconds; null where its clocks change. Series ask for the same days again and again. */
function steadyOffset(zone: string, day: number): number | null {
  const key = `${zone} ${day}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size >= mostOffsets) offsets.clear();
  const at = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
  const before = at((day - 1) * dayMs);
  const steady = before === at((day + 2) * dayMs) ? before : null;
  offsets.set(key, steady);
  return steady;
}

/** Whether the platform knows a zone. A calendar asks for the same few with every event. */
export function isZone(zone: string): boolean {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  if (zones.size >= mostZones) zones.clear();
  const found = asks(zone);
  zones.set(zone, found);
  return found;
}

const zones = new Map<string, boolean>();
const mostZones = 1_000;

function asks(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

function isTime(value: unknown): value is ICAL.Time {
  return typeof value === "object" && value !== null && "icalclass" in value && value.icalclass === "icaltime";
}

function zoneOf(time: ICAL.Time, wall: Temporal.PlainDateTime, tzid: unknown, home: string): string {
  if (time.zone?.tzid === "UTC") return "UTC";
  if (time.isDate || typeof tzid !== "string") return home;
  // Some write a path of their own in front: /example.org/Europe/Paris.
  const parts = tzid.split("/");
  const known = [tzid, parts.slice(-2).join("/"), parts.slice(-3).join("/")].find((name) => isZone(name));
  if (known) return known;
  // A name of its own, which the calendar explains: by its offset then, unless that is what the clocks at home show.
  if (time.zone?.tzid !== tzid) return home;
  const offsetMs = time.utcOffset() * 1_000;
  const instant = Temporal.Instant.fromEpochMilliseconds(wall.toZonedDateTime("UTC").epochMilliseconds - offsetMs);
  if (instant.toZonedDateTimeISO(home).toPlainDateTime().equals(wall)) return home;
  return offsetText(offsetMs);
}

function offsetText(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${ms < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
