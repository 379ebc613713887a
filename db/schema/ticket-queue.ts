import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, oneOf, rowId, tenantId } from "./columns.ts";
import { tenants } from "./tenants.ts";

export const bulkStatuses = ["running", "done", "cancelled"] as const;

/** One change of many tickets, worked off step by step in the order of their ids; or the taking back of one. */
export const ticketBulkChanges = pgTable(
  "ticket_bulk_changes",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    /** Which tickets: what the queue's address says, or `ids`. Empty for one that takes another back. */
    filter: jsonb("filter").$type<Record<string, unknown>>().notNull(),
    /** What each of them becomes. */
    change: jsonb("change").$type<Record<string, unknown>>().notNull(),
    /** The bulk change that this one takes back. */
    undoes: uuid("undoes"),
    status: text("status", { enum: bulkStatuses }).notNull().default("running"),
    /** Tickets that matched when it began. */
    total: integer("total").notNull(),
    changed: integer("changed").notNull().default(0),
    /** As they should be already; or, when taking back, changed by somebody since and left alone. */
    unchanged: integer("unchanged").notNull().default(0),
    cursor: uuid("cursor"),
    /** The last ticket that it may reach: those opened later are no part of it. */
    lastId: uuid("last_id").notNull(),
    requestedBy: uuid("requested_by").notNull(),
    startedAt: instant("started_at").notNull(),
    /** The last step; an old one of a running change means that its worker died. */
    steppedAt: instant("stepped_at").notNull(),
    finishedAt: instant("finished_at"),
    /** Until then it can be taken back; null: no more, or nothing was changed. */
    undoUntil: instant("undo_until"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("ticket_bulk_changes_running")
      .on(t.tenantId, t.requestedBy)
      .where(sql`status = 'running'`),
    uniqueIndex("ticket_bulk_changes_undoes")
      .on(t.tenantId, t.undoes)
      .where(sql`undoes is not null`),
    index("ticket_bulk_changes_member").on(t.tenantId, t.requestedBy, t.id),
    index("ticket_bulk_changes_undo_until")
      .on(t.tenantId, t.undoUntil)
      .where(sql`undo_until is not null`),
    check("ticket_bulk_changes_status", oneOf("status", bulkStatuses)),
  ],
);

/** What a bulk change did to one ticket, column by column, while it can be taken back. */
export const ticketBulkItems = pgTable(
  "ticket_bulk_items",
  {
    tenantId: tenantId(),
    bulkChangeId: uuid("bulk_change_id").notNull(),
    ticketId: uuid("ticket_id").notNull(),
    before: jsonb("before").$type<Record<string, unknown>>().notNull(),
    after: jsonb("after").$type<Record<string, unknown>>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.bulkChangeId, t.ticketId] }),
    foreignKey({
      name: "ticket_bulk_items_change",
      columns: [t.tenantId, t.bulkChangeId],
      foreignColumns: [ticketBulkChanges.tenantId, ticketBulkChanges.id],
    }).onDelete("cascade"),
  ],
);
