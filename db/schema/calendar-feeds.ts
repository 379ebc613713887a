import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, rowId, tenantId } from "./columns.ts";
import { memberships } from "./tenants.ts";

/** A member's appointments as a calendar program subscribes to them. Without a row there is no link. */
export const calendarFeeds = pgTable(
  "calendar_feeds",
  {
    tenantId: tenantId(),
    id: rowId(),
    userId: uuid("user_id").notNull(),
    /** SHA-256 of what the link carries. */
    tokenHash: text("token_hash").notNull(),
    /** The same, sealed for this row: shown to its member. */
    tokenSealed: text("token_sealed").notNull(),
    /** Whether it names customers, or only says when and what. */
    namesCustomers: boolean("names_customers").notNull().default(false),
    /** When this link was made. */
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("calendar_feeds_member").on(t.tenantId, t.userId),
    unique("calendar_feeds_token").on(t.tokenHash),
    foreignKey({
      name: "calendar_feeds_member_fk",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);

export const calendarFailures = [
  "unreachable",
  "not_found",
  "refused",
  "private_address",
  "not_a_calendar",
  "too_large",
] as const;

/** A calendar of the member's elsewhere, read again and again for when they are busy. */
export const busyCalendars = pgTable(
  "busy_calendars",
  {
    tenantId: tenantId(),
    id: rowId(),
    userId: uuid("user_id").notNull(),
    /** Its address, which is its secret: sealed for this row. */
    addressSealed: text("address_sealed").notNull(),
    /** The server's name, to recognise it by. */
    host: text("host").notNull(),
    /** When it is to be read next; a reader moves it on before it begins. */
    dueAt: instant("due_at").notNull(),
    /** When it was last read whole. */
    readAt: instant("read_at"),
    /** Why the last reading failed; null: it did not. What was known before stays. */
    failure: text("failure", { enum: calendarFailures }),
    failedSince: instant("failed_since"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("busy_calendars_member").on(t.tenantId, t.userId),
    // What is due, across tenants, read by the door `due`.
    index("busy_calendars_due").on(t.tenantId, t.dueAt),
    check("busy_calendars_failure", oneOf("failure", calendarFailures)),
    check("busy_calendars_failed", sql`(failure is null) = (failed_since is null)`),
    foreignKey({
      name: "busy_calendars_member_fk",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);

/** When a member is busy by their calendar elsewhere: no more than that is kept of it. Stretches do not overlap. */
export const busyBlocks = pgTable(
  "busy_blocks",
  {
    tenantId: tenantId(),
    userId: uuid("user_id").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId, t.endsAt] }),
    check("busy_blocks_order", sql`starts_at < ends_at`),
    foreignKey({
      name: "busy_blocks_calendar_fk",
      columns: [t.tenantId, t.userId],
      foreignColumns: [busyCalendars.tenantId, busyCalendars.userId],
    }).onDelete("cascade"),
  ],
);
