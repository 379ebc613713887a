import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { tenants } from "./tenants.ts";

export const ticketStatuses = ["open", "in_progress", "waiting_customer", "resolved", "closed"] as const;
/** Work that is not done: what queues show and count. Their indexes leave the rest out. */
export const openTicketStatuses = ["open", "in_progress", "waiting_customer"] as const;
export const ticketPriorities = ["low", "medium", "high", "urgent"] as const;
export const ticketSources = ["manual", "rule", "voice_agent", "api", "import"] as const;

const isOpen = oneOf("status", openTicketStatuses);

/** A piece of work (S2.6). Optional links are unset when what they point to goes (custom SQL: only the link, never the tenant). */
export const tickets = pgTable(
  "tickets",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    /** Counts up within the tenant; what people say on the phone. */
    number: bigint("number", { mode: "number" }).notNull(),
    subject: text("subject").notNull(),
    description: text("description").notNull().default(""),
    category: text("category"),
    priority: text("priority", { enum: ticketPriorities }).notNull().default("medium"),
    /** What sorting by priority compares: 0 low to 3 urgent. */
    priorityRank: smallint("priority_rank")
      .notNull()
      .generatedAlwaysAs(sql`case priority when 'urgent' then 3 when 'high' then 2 when 'medium' then 1 else 0 end`),
    status: text("status", { enum: ticketStatuses }).notNull().default("open"),
    assigneeId: uuid("assignee_id"),
    assignedAt: instant("assigned_at"),
    customerId: uuid("customer_id"),
    conversationId: uuid("conversation_id"),
    channelType: text("channel_type"),
    source: text("source", { enum: ticketSources }).notNull().default("manual"),
    /** The customer's latest words, for the queue. */
    preview: text("preview"),
    resolutionNotes: text("resolution_notes"),
    dueAt: instant("due_at"),
    firstResponseAt: instant("first_response_at"),
    resolvedAt: instant("resolved_at"),
    resolvedBy: uuid("resolved_by"),
    closedAt: instant("closed_at"),
    reopenedCount: integer("reopened_count").notNull().default(0),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("tickets_number").on(t.tenantId, t.number),
    // All tickets, by each sortable column.
    index("tickets_updated").on(t.tenantId, t.updatedAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("tickets_created").on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("tickets_priority").on(t.tenantId, t.priorityRank.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("tickets_status").on(t.tenantId, t.status, t.updatedAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    // The queues: each view's rows in the order it shows them, and nothing else, so that counting is an index scan too.
    index("tickets_queue").on(t.tenantId, t.updatedAt.desc().nullsFirst(), t.id.desc().nullsFirst()).where(isOpen),
    index("tickets_queue_assignee")
      .on(t.tenantId, t.assigneeId, t.updatedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(isOpen),
    index("tickets_queue_unassigned")
      .on(t.tenantId, t.updatedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`${isOpen} and assignee_id is null`),
    index("tickets_queue_priority")
      .on(t.tenantId, t.priorityRank.desc().nullsFirst(), t.updatedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(isOpen),
    index("tickets_customer").on(t.tenantId, t.customerId, t.id),
    index("tickets_conversation").on(t.tenantId, t.conversationId, t.id),
    check("tickets_status_check", oneOf("status", ticketStatuses)),
    check("tickets_priority_check", oneOf("priority", ticketPriorities)),
    check("tickets_source_check", oneOf("source", ticketSources)),
  ],
);

/** The ticket's timeline: every change with before and after, and notes. */
export const ticketEvents = pgTable(
  "ticket_events",
  {
    tenantId: tenantId(),
    id: rowId(),
    ticketId: uuid("ticket_id").notNull(),
    type: text("type").notNull(),
    actorType: text("actor_type").notNull(),
    actorId: uuid("actor_id"),
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("ticket_events_ticket").on(t.tenantId, t.ticketId, t.id),
    foreignKey({
      name: "ticket_events_ticket_fk",
      columns: [t.tenantId, t.ticketId],
      foreignColumns: [tickets.tenantId, tickets.id],
    }).onDelete("cascade"),
  ],
);
