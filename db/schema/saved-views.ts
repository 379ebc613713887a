import { boolean, check, foreignKey, index, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { memberships } from "./tenants.ts";

/** Lists that a view may be of. */
export const viewAreas = [
  "webhook_logs",
  "tickets",
  "inbox",
  "calls",
  "prospects",
  "appointments",
  "customers",
] as const;

/** A filter of a list with a name: its owner's alone, or for everybody who sees the list. */
export const savedViews = pgTable(
  "saved_views",
  {
    tenantId: tenantId(),
    id: rowId(),
    ownerId: uuid("owner_id").notNull(),
    area: text("area", { enum: viewAreas }).notNull(),
    name: text("name").notNull(),
    /** The parameters of the list's address, checked by the area's own schema. */
    query: jsonb("query").$type<Record<string, string>>().notNull(),
    shared: boolean("shared").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("saved_views_list").on(t.tenantId, t.area, t.id),
    unique("saved_views_name").on(t.tenantId, t.ownerId, t.area, t.name),
    check("saved_views_area", oneOf("area", viewAreas)),
    foreignKey({
      name: "saved_views_member",
      columns: [t.tenantId, t.ownerId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);
