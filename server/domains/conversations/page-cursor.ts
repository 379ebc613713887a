import { DomainError } from "#server/core/errors.ts";

/** Where a page ends: the instant and id of its last row. */
export interface PageCursor {
  at: Date;
  id: string;
}

export function writeCursor({ at, id }: PageCursor): string {
  return `${at.getTime()}_${id}`;
}

/** Reads what {@link writeCursor} wrote. Throws `invalid` for anything else. */
export function readCursor(text: string): PageCursor {
  const [, at, id] = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(text) ?? [];
  if (!at || !id) throw new DomainError("invalid", "invalid_cursor");
  return { at: new Date(Number(at)), id };
}
