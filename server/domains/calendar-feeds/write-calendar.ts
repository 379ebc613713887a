import ICAL from "ical.js";

// The library counts a line without the space that a continued one begins with: 75 octets are the most (RFC 5545, 3.1).
ICAL.foldLength = 74;

/** What the UIDs of all our appointments end with. */
export const ownUids = "@appointments.guichet";

/** An appointment as calendars know it. */
export interface CalendarEntry {
  /** The same for whatever one appointment becomes when it is moved. */
  uid: string;
  /** Rises with every change that calendars should show. */
  sequence: number;
  title: string;
  startsAt: Date;
  endsAt: Date;
  createdAt: Date;
  changedAt: Date;
  isCancelled: boolean;
  location: string;
  description: string;
  /** Where there is more to see. */
  link: string | null;
}

/** A calendar by RFC 5545, every time in UTC. The same entries always give the same text. */
export function writeCalendar(entries: readonly CalendarEntry[], name?: string): string {
  const calendar = new ICAL.Component("vcalendar");
  calendar.addPropertyWithValue("version", "2.0");
  calendar.addPropertyWithValue("prodid", "-//Guichet//Appointments//EN");
  calendar.addPropertyWithValue("calscale", "GREGORIAN");
  if (name !== undefined) describe(calendar, name);
  for (const entry of entries) calendar.addSubcomponent(eventOf(entry));
  return `${calendar.toString()}\r\n`;
}

/** What a program that subscribes shows, and how often it should ask. */
function describe(calendar: ICAL.Component, name: string): void {
  // The library escapes text only where it knows that a property is text.
  const add = (of: string, type: string, value: string | ICAL.Duration) => {
    const property = new ICAL.Property(of, calendar);
    property.resetType(type);
    property.setValue(value);
    calendar.addProperty(property);
  };
  add("name", "text", plain(name));
  add("x-wr-calname", "text", plain(name));
  add("refresh-interval", "duration", ICAL.Duration.fromString("PT30M"));
  add("x-published-ttl", "duration", ICAL.Duration.fromString("PT30M"));
}

function eventOf(entry: CalendarEntry): ICAL.Component {
  const event = new ICAL.Component("vevent");
  const add = (name: string, value: string | number | ICAL.Time) => event.addPropertyWithValue(name, value);
  add("uid", entry.uid);
  add("sequence", entry.sequence);
  add("dtstamp", utc(entry.changedAt));
  add("last-modified", utc(entry.changedAt));
  add("created", utc(entry.createdAt));
  add("dtstart", utc(entry.startsAt));
  add("dtend", utc(entry.endsAt));
  add("summary", plain(entry.title));
  if (entry.location) add("location", plain(entry.location));
  if (entry.description) add("description", plain(entry.description));
  if (entry.link) add("url", entry.link);
  add("status", entry.isCancelled ? "CANCELLED" : "CONFIRMED");
  add("transp", entry.isCancelled ? "TRANSPARENT" : "OPAQUE");
  return event;
}

const utc = (at: Date) => ICAL.Time.fromJSDate(at, true);

/** Text has no control characters but line feeds and tabs. */
const plain = (text: string) => text.replaceAll(/\r\n?/g, "\n").replaceAll(/(?![\n\t])\p{Cc}/gu, "");
