/** A time as the clock on the wall shows it. */
export interface WallTime {
  hour: number;
  minute: number;
  /** It was named so that it stands for itself: `14 heures`, `2 pm`, noon. Otherwise twelve hours of a day say which. */
  sure: boolean;
}

/** A part of the day, in hours of the wall clock; `half` is how it decides between two and fourteen o'clock. */
export interface DayPart {
  from: number;
  until: number;
  half: "am" | "pm" | "night";
}

/** What was said of the time within the day. */
export interface SpokenClock {
  /** More than one where a choice was named: then it is not for us to make. */
  times: WallTime[];
  part: DayPart | null;
  /** From, or until, a time instead of at it. */
  from: WallTime | null;
  until: WallTime | null;
}

export const minutesAt = ({ hour, minute }: { hour: number; minute: number }): number => hour * 60 + minute;

/** So many minutes before or after a full hour. A clock that is none is null. */
export function wallTime(hour: number, minutes: number, sure: boolean): WallTime | null {
  const at = hour * 60 + minutes;
  if (hour > 24 || minutes > 59 || at < 0 || at > 1_440) return null;
  const minute = ((at % 1_440) + 1_440) % 1_440;
  return { hour: Math.floor(minute / 60), minute: minute % 60, sure };
}

/**
 * The time of day that is meant by one that was named on a clock of twelve hours. A part of the day decides; without one,
 * one to half past six are after noon, because nobody comes at night, and eight to twelve are as they are. Seven is either: null.
 */
export function onTheDay(
  { hour, minute, sure }: WallTime,
  part: DayPart | null,
): { hour: number; minute: number } | null {
  if (sure) return { hour, minute };
  switch (part?.half) {
    case "am":
      return { hour, minute };
    case "pm":
      return { hour: hour < 12 ? hour + 12 : hour, minute };
    case "night":
      return { hour: hour >= 6 && hour < 12 ? hour + 12 : hour % 12, minute };
    case undefined:
      if (hour === 7) return null;
      return { hour: hour >= 1 && hour < 7 ? hour + 12 : hour, minute };
  }
}
