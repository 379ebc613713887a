import { sql } from "drizzle-orm";
import { foreignKey, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, rowId, tenantId, updatedAt } from "./columns.ts";
import { memberships, tenants } from "./tenants.ts";

/** Ready-made answers (S0.6). `{{name}}`-style variables are filled when used. */
export const quickReplies = pgTable(
  "quick_replies",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    shortcut: text("shortcut").notNull(),
    template: text("template").notNull(),
    category: text("category").notNull().default("general"),
    usageCount: integer("usage_count").notNull().default(0),
    /** A member's own; null: everybody's. */
    ownerId: uuid("owner_id"),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("quick_replies_shortcut")
      .on(t.tenantId, t.shortcut)
      .where(sql`owner_id is null`),
    uniqueIndex("quick_replies_own_shortcut")
      .on(t.tenantId, t.ownerId, t.shortcut)
      .where(sql`owner_id is not null`),
    foreignKey({
      name: "quick_replies_owner",
      columns: [t.tenantId, t.ownerId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);
