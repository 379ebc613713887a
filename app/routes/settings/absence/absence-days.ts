import { instantOf, localOf } from "../../tickets/due-time.ts";

interface Absence {
  from: Date;
  until: Date;
  substituteId: string | null;
}

/** An absence as its form has it: the first and the last day, both included. */
export interface AbsenceDays {
  from: string;
  until: string;
  substituteId: string;
}

/** The days of an absence in a time zone. */
export function daysOf(absence: Absence | null, timeZone: string): AbsenceDays | null {
  if (!absence) return null;
  const day = (instant: Date) => localOf(instant, timeZone).slice(0, 10);
  return {
    from: day(absence.from),
    until: day(new Date(absence.until.getTime() - 1)),
    substituteId: absence.substituteId ?? "",
  };
}

/** The instants between which somebody is out on these days; a day that is none becomes one that is refused. */
export function absenceOf({ from = "", until = "", substituteId = "" }: Record<string, string>, timeZone: string) {
  const nothing = new Date(NaN);
  const dayAfter = new Date(Date.parse(`${until}T00:00Z`) + 86_400_000);
  const end = Number.isNaN(dayAfter.getTime()) ? "" : dayAfter.toISOString().slice(0, 10);
  return {
    from: instantOf(`${from}T00:00`, timeZone) ?? nothing,
    until: instantOf(`${end}T00:00`, timeZone) ?? nothing,
    substituteId: substituteId || null,
  };
}
