import { placeOf } from "#db/keyset.ts";
import { DomainError } from "#server/core/errors.ts";

/** Where a page of notifications begins. Throws `invalid` for a cursor that is none of ours. */
export function readCursor(cursor: string): { at: Date; id: string } {
  const place = placeOf(cursor);
  const at = new Date(place ? Number(place.value) : Number.NaN);
  if (!place || Number.isNaN(at.getTime())) throw new DomainError("invalid", "invalid_cursor");
  return { at, id: place.id };
}
