import { sql } from "drizzle-orm";
import { boolean, check, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, tenantId, updatedAt } from "./columns.ts";
import { tenants } from "./tenants.ts";

/** The page where customers book by themselves. Without a row a business has none. */
export const bookingPages = pgTable(
  "booking_pages",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    enabled: boolean("enabled").notNull().default(false),
    /** What stands above the services, in each language; empty: nothing. */
    introFr: text("intro_fr").notNull().default(""),
    introEn: text("intro_en").notNull().default(""),
    /** Later than so long before it begins, only the business moves or cancels an appointment. */
    changeNoticeMinutes: integer("change_notice_minutes").notNull().default(1_440),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    check("booking_pages_notice", sql`change_notice_minutes between 0 and 43200`),
  ],
);

/** What visitors tried, so that nobody books too much: by a signature of where they come from or of whom they name, never by either. */
export const bookingTries = pgTable(
  "booking_tries",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    /** The beginning of the quarter of an hour that is counted. */
    windowStart: instant("window_start").notNull(),
    count: integer("count").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.key, t.windowStart] })],
);
