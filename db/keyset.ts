/**
 * A place in a sorted list: the sorted value of a row and its id. A first page leaves the condition out: under row-level
 * security a plan for all values takes neither `$3 is null or id < $3` nor `id < coalesce($3, …)` into an index.
 */
export interface Place {
  value: string;
  id: string;
}

/** Before every row. */
export const lowestId = "00000000-0000-0000-0000-000000000000";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The place of a row as it stands in an address: URL-safe, and short for numbers and instants. */
export function cursorOf(value: Date | number | string, id: string): string {
  const text = value instanceof Date ? String(value.getTime()) : String(value);
  return `${Buffer.from(text).toString("base64url")}.${id}`;
}

/** What a cursor names, or null when it is none of ours. */
export function placeOf(cursor: string): Place | null {
  const dot = cursor.indexOf(".");
  const id = cursor.slice(dot + 1);
  if (dot < 1 || !uuid.test(id)) return null;
  return { value: Buffer.from(cursor.slice(0, dot), "base64url").toString(), id };
}
