import { sql } from "drizzle-orm";
import { check, date, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { tenants } from "./tenants.ts";
import { ticketPriorities } from "./tickets.ts";

/**
 * What is promised to customers: within how many business minutes they are answered, answered again, and
 * helped. The first policy in `position` whose conditions a ticket meets is its own.
 */
export const slaPolicies = pgTable(
  "sla_policies",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    name: text("name").notNull(),
    position: integer("position").notNull(),
    /** Empty: of any priority. */
    priorities: text("priorities", { enum: ticketPriorities }).array().notNull().default([]),
    /** Channel types; empty: of any channel, or none. */
    channels: text("channels").array().notNull().default([]),
    /** Business minutes; null: nothing is promised. */
    firstResponseMinutes: integer("first_response_minutes"),
    nextResponseMinutes: integer("next_response_minutes"),
    resolutionMinutes: integer("resolution_minutes"),
    /** A deadline is told of this many business minutes ahead; 0: only once it is missed. */
    warnMinutes: integer("warn_minutes").notNull().default(30),
    /** What a missed deadline raises the ticket's priority to. */
    escalatePriority: text("escalate_priority", { enum: ticketPriorities }),
    /** Whom a missed deadline gives the ticket to. */
    escalateAssigneeId: uuid("escalate_assignee_id"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    // The one without conditions is for whatever no other policy is for.
    uniqueIndex("sla_policies_default")
      .on(t.tenantId)
      .where(sql`priorities = '{}' and channels = '{}'`),
    check("sla_policies_escalate_priority", oneOf("escalate_priority", ticketPriorities)),
  ],
);

/** Days on which the business is closed, whatever its weekly hours say. */
export const holidays = pgTable(
  "holidays",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    day: date("day", { mode: "string" }).notNull(),
    name: text("name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.day] })],
);
