import { boolean, check, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { tenants } from "./tenants.ts";
import { ticketPriorities, type TicketFieldValues, type ticketStatuses } from "./tickets.ts";

export const ticketFieldTypes = ["text", "number", "date", "choice", "yes_no"] as const;

/** What a business sorts its tickets by. Archived ones stay on the tickets that have them. */
export const ticketCategories = pgTable(
  "ticket_categories",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    name: text("name").notNull(),
    position: integer("position").notNull().default(0),
    archivedAt: instant("archived_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), unique("ticket_categories_name").on(t.tenantId, t.name)],
);

/** What a business notes of its tickets besides what every ticket has. Values are in `tickets.fields`. */
export const ticketFields = pgTable(
  "ticket_fields",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    name: text("name").notNull(),
    type: text("type", { enum: ticketFieldTypes }).notNull(),
    /** Of a choice, in their order; a value keeps its words when its choice is renamed or goes. */
    choices: jsonb("choices").$type<string[]>().notNull().default([]),
    /** A ticket is not resolved without it. */
    required: boolean("required").notNull().default(false),
    position: integer("position").notNull().default(0),
    archivedAt: instant("archived_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("ticket_fields_name").on(t.tenantId, t.name),
    check("ticket_fields_type", oneOf("type", ticketFieldTypes)),
  ],
);

/** What a new ticket of a kind begins with. */
export const ticketTemplates = pgTable(
  "ticket_templates",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    name: text("name").notNull(),
    subject: text("subject").notNull().default(""),
    description: text("description").notNull().default(""),
    categoryId: uuid("category_id"),
    priority: text("priority", { enum: ticketPriorities }).notNull().default("medium"),
    fields: jsonb("fields").$type<TicketFieldValues>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("ticket_templates_name").on(t.tenantId, t.name),
    check("ticket_templates_priority", oneOf("priority", ticketPriorities)),
  ],
);

/** What a macro does, all of it at once; what is not named stays. */
export interface MacroActions {
  status?: (typeof ticketStatuses)[number] | undefined;
  priority?: (typeof ticketPriorities)[number] | undefined;
  /** null takes the category away. */
  categoryId?: string | null | undefined;
  /** A member's id, `me` for whoever runs it, `none`. */
  assignee?: string | undefined;
  fields?: TicketFieldValues | undefined;
  note?: string | undefined;
  /** To the customer; with variables. */
  reply?: string | undefined;
}

/** Several changes and a reply under one name. */
export const macros = pgTable(
  "macros",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    name: text("name").notNull(),
    actions: jsonb("actions").$type<MacroActions>().notNull(),
    usageCount: integer("usage_count").notNull().default(0),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), unique("macros_name").on(t.tenantId, t.name)],
);
