/**
 * Minutes that a person wrote: `30`, `30 min`, `4 h`, `1h30`, `1.5 h`. Null for nothing; NaN for what is no length
 * of time, so that the procedure refuses it in words.
 */
export function readDuration(text: string): number | null {
  const written = text.trim().toLowerCase().replace(",", ".");
  if (written === "") return null;
  const minutes = /^(\d+)\s*(?:m|mn|min|mins|minutes?)?$/.exec(written);
  if (minutes) return Number(minutes[1]);
  const hours = /^(\d+(?:\.\d+)?)\s*(?:h|hrs?|heures?|hours?)\s*(?:(\d{1,2})\s*(?:m|mn|min)?)?$/.exec(written);
  return hours ? Math.round(Number(hours[1]) * 60) + Number(hours[2] ?? 0) : Number.NaN;
}

/** Minutes as they are written here: `45 min`, `4 h`, `1 h 30`. Null is nothing. */
export function durationText(minutes: number | null): string {
  if (minutes === null) return "";
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, "0")}`;
}
