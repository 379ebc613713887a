import ICAL from "ical.js";
import { Unreadable } from "./unreadable.ts";

const mostComponents = 20_000;

/**
 * A calendar's text as its components. Each event is read by itself: one that is written wrongly is missing, and the others are there.
 * Throws {@link Unreadable} where there is no calendar, or too much of one.
 */
export function readCalendar(text: string): ICAL.Component {
  const { frame, events } = cut(text);
  const root = componentIn(frame);
  if (root?.name !== "vcalendar") throw new Unreadable("not_a_calendar");
  for (const lines of events) {
    const event = componentIn(lines);
    if (event) root.addSubcomponent(event);
  }
  return root;
}

/** The lines of each event, and what is left of the first calendar without them: its zones, mostly. */
function cut(text: string): { frame: string[]; events: string[][] } {
  const frame: string[] = [];
  const events: string[][] = [];
  let event: string[] | null = null;
  let components = 0;
  for (const line of text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/)) {
    const [, edge, name] = /^(BEGIN|END):([\w-]+)\s*$/i.exec(line) ?? [];
    if (edge?.toUpperCase() === "BEGIN" && ++components > mostComponents) throw new Unreadable("too_large");
    const isEdge = name?.toUpperCase() === "VEVENT";
    if (isEdge && edge?.toUpperCase() === "BEGIN") event = [];
    (event ?? frame).push(line);
    if (isEdge && event && edge?.toUpperCase() === "END") {
      events.push(event);
      event = null;
    }
  }
  return { frame, events };
}

function componentIn(lines: readonly string[]): ICAL.Component | null {
  try {
    const read: unknown = ICAL.parse(lines.join("\r\n").trim());
    // Several calendars in one text come as a list of them.
    const first: unknown = Array.isArray(read) && Array.isArray(read[0]) ? read[0] : read;
    return new ICAL.Component(first as never);
  } catch {
    return null;
  }
}
