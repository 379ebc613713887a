import { sql } from "drizzle-orm";
import { integer, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** The tenant a row belongs to: first in every key and index, and what row-level security compares. */
export const tenantId = () => uuid("tenant_id").notNull();

/** UUIDv7, made by the program (`newId`). */
export const rowId = () => uuid("id").notNull();

/** An instant, in UTC, to the millisecond: what a JavaScript Date holds, so that a cursor made from one skips nothing. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });

export const createdAt = () =>
  instant("created_at")
    .notNull()
    .default(sql`now()`);
export const updatedAt = () =>
  instant("updated_at")
    .notNull()
    .default(sql`now()`);

/** Money: whole cents of the currency beside it. */
export const cents = (name: string) => integer(name);

export const currency = () => text("currency").notNull().default("EUR");

/** `column in ('a', 'b')`, for CHECK constraints: statuses are text, never enums (only text equality reaches an index under row-level security). */
export const oneOf = (column: string, values: readonly string[]) =>
  sql.raw(`${column} in (${values.map((value) => `'${value}'`).join(", ")})`);
