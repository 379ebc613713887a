import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, rowId, tenantId } from "./columns.ts";
import { tenants } from "./tenants.ts";

export const alertSeverities = ["warning", "critical"] as const;

/** Something an admin should know, from when it began until it is over. One open row per `key`. */
export const alerts = pgTable(
  "alerts",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    /** A key that the interface words, such as `channel_silent`. */
    kind: text("kind").notNull(),
    /** What it is about, such as `channel_silent:<channel id>`. */
    key: text("key").notNull(),
    severity: text("severity", { enum: alertSeverities }).notNull(),
    channelId: uuid("channel_id"),
    /** Facts that the words need: since when, the likely cause, the provider's own words. */
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
    openedAt: instant("opened_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    resolvedAt: instant("resolved_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("alerts_open")
      .on(t.tenantId, t.key)
      .where(sql`resolved_at is null`),
    index("alerts_list").on(t.tenantId, t.openedAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    check("alerts_severity", oneOf("severity", alertSeverities)),
  ],
);
