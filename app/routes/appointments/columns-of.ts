import type { Axis, Starts } from "./day-axis.ts";
import { placeOf } from "./day-axis.ts";
import type { Calendar, CalendarAppointment } from "./data.ts";
import { lanesOf, type Lane } from "./lanes.ts";

/** One day, of everybody or of one member. */
export interface Column {
  key: string;
  day: string;
  /** Whose it is, where each member has a column. */
  userId: string | null;
  starts: Starts;
}

/** Something that is drawn in a column: its top and height in rows. */
export interface Band {
  top: number;
  height: number;
}
export interface Block extends Band {
  appointment: CalendarAppointment;
  lane: Lane;
}

/** A column for each day; of a single day, one for each member. */
export function columnsOf(axis: Axis, userIds: readonly string[]): Column[] {
  const [first] = axis.days;
  if (axis.days.length === 1 && first && userIds.length > 0)
    return userIds.map((userId) => ({ key: userId, day: first.day, userId, starts: first.starts }));
  return axis.days.map(({ day, starts }) => ({ key: day, day, userId: null, starts }));
}

interface Span {
  startsAt: Date;
  endsAt: Date;
  userId: string;
}

/** Where something stands in a column; null where it has no part in it. */
export function bandOf({ starts, userId }: Column, span: Span): Band | null {
  if (userId !== null && span.userId !== userId) return null;
  const top = placeOf(starts, span.startsAt.getTime());
  const height = placeOf(starts, span.endsAt.getTime()) - top;
  return height > 0 ? { top, height } : null;
}

/** The appointments of a column, those at the same time beside each other. */
export function blocksOf(column: Column, appointments: readonly CalendarAppointment[]): Block[] {
  const shown = appointments.flatMap((appointment) => {
    const band = bandOf(column, appointment);
    return band ? [{ ...band, appointment }] : [];
  });
  const lanes = lanesOf(shown.map(({ top, height }) => ({ start: top, end: top + height })));
  return shown.map((block, index) => ({ ...block, lane: lanes[index]! }));
}

/** When somebody of the column works. */
export function openBands(column: Column, open: Calendar["open"]): Band[] {
  return open.flatMap((span) => bandOf(column, span) ?? []);
}
