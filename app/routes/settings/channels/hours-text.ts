export const weekdays = ["1", "2", "3", "4", "5", "6", "7"] as const;
type Weekday = (typeof weekdays)[number];

export interface Hours {
  days: Partial<Record<Weekday, { from: string; to: string }[] | undefined>>;
  closed: string[];
}

/** The spans of a day as a person writes them: `09:00-12:30, 14:00-18:00`. */
export function spansText(hours: Hours | null, weekday: Weekday): string {
  return (hours?.days[weekday] ?? []).map(({ from, to }) => `${from}-${to}`).join(", ");
}

/**
 * Reads what was typed for a day: `9-12h30, 14h-18h` as well as `09:00–12:30`. What is no time stays as it
 * is, so that the procedure refuses it in words.
 */
export function readSpans(text: string): { from: string; to: string }[] {
  return text
    .split(/[,;\n]+|\s+et\s+|\s+and\s+/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [from = "", to = ""] = part.split(/\s*(?:-|–|—|→|à|to)\s*/);
      return { from: readTime(from), to: readTime(to) };
    });
}

function readTime(text: string): string {
  const time = /^(\d{1,2})(?:\s*[h:.]\s*(\d{2})?)?$/i.exec(text.trim());
  return time ? `${time[1]!.padStart(2, "0")}:${time[2] ?? "00"}` : text.trim();
}

/** The hours that the form's fields say; null where the box says that the counter is always open. */
export function readHours(values: Record<string, string>): Hours | null {
  if (values["limited"] !== "on") return null;
  return {
    days: Object.fromEntries(weekdays.map((day) => [day, readSpans(values[`day${day}`] ?? "")])),
    closed: (values["closed"] ?? "")
      .split(/[\s,;]+/)
      .filter(Boolean)
      .toSorted(),
  };
}
