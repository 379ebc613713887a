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
import { memberships, tenants } from "./tenants.ts";

export const ticketStatuses = ["open", "in_progress", "waiting_customer", "resolved", "closed"] as const;
/** Work that is not done: what queues show and count. Their indexes leave the rest out. */
export const openTicketStatuses = ["open", "in_progress", "waiting_customer"] as const;
export const ticketPriorities = ["low", "medium", "high", "urgent"] as const;
export const ticketSources = ["manual", "rule", "voice_agent", "api", "import"] as const;

/** By the field's id: text, a number, a day as `2026-11-21`, one of its choices, yes or no. */
export type TicketFieldValues = Record<string, string | number | boolean>;

export interface MergedState {
  status: (typeof ticketStatuses)[number];
  closedAt: string | null;
  /** Ids of the children that followed. */
  children: string[];
}

/** What is promised of a ticket. */
export const slaTargets = ["first_response", "next_response", "resolution"] as const;
export type SlaTarget = (typeof slaTargets)[number];

/** One promise, as far as it has run. Instants are milliseconds since 1970. */
export interface SlaClock {
  /** Business minutes promised; null: nothing is. */
  target: number | null;
  /** Business milliseconds that had passed when it last began to run. */
  used: number;
  /** Since when it runs; null: it rests, or is over. */
  since: number | null;
  /** When it was fulfilled. */
  met: number | null;
  /** It was told of ahead, and that it was missed: once each. */
  warned?: true;
  breached?: true;
}
export type SlaClocks = Partial<Record<SlaTarget, SlaClock>>;

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
    /** Of the tenant's own list. */
    categoryId: uuid("category_id"),
    /** Values of the tenant's own fields, by the field's id. */
    fields: jsonb("fields").$type<TicketFieldValues>().notNull().default({}),
    priority: text("priority", { enum: ticketPriorities }).notNull().default("medium"),
    /** What sorting by priority compares: 0 low to 3 urgent. */
    priorityRank: smallint("priority_rank")
      .notNull()
      .generatedAlwaysAs(sql`case priority when 'urgent' then 3 when 'high' then 2 when 'medium' then 1 else 0 end`),
    status: text("status", { enum: ticketStatuses }).notNull().default("open"),
    assigneeId: uuid("assignee_id"),
    assignedAt: instant("assigned_at"),
    teamId: uuid("team_id"),
    /** Since when a rule looks for somebody who can take it; null while none does. */
    seekingSince: instant("seeking_since"),
    /** The larger piece of work that this is a part of. Never in a circle. */
    parentId: uuid("parent_id"),
    /** The ticket that goes on in its place; it is closed meanwhile. */
    mergedIntoId: uuid("merged_into_id"),
    /** What undoing the merge gives back; null unless merged. */
    mergedState: jsonb("merged_state").$type<MergedState>(),
    /** The ticket that a message or note of was made into this one. */
    splitFromId: uuid("split_from_id"),
    customerId: uuid("customer_id"),
    conversationId: uuid("conversation_id"),
    channelType: text("channel_type"),
    source: text("source", { enum: ticketSources }).notNull().default("manual"),
    /** The customer's latest words, for the queue. */
    preview: text("preview"),
    resolutionNotes: text("resolution_notes"),
    /** A date that a member set by hand. What is promised to customers is below. */
    dueAt: instant("due_at"),
    /** The policy that the deadlines were last reckoned by; it may be gone. */
    slaPolicyId: uuid("sla_policy_id"),
    /** How far each promise has run; null: never reckoned. */
    slaClocks: jsonb("sla_clocks").$type<SlaClocks>(),
    // Set while the promise runs: not while it rests, and not once it is kept or was missed and done.
    firstResponseDueAt: instant("first_response_due_at"),
    nextResponseDueAt: instant("next_response_due_at"),
    resolutionDueAt: instant("resolution_due_at"),
    /** The nearest of the three, far away where none runs: what sorting by deadline compares. */
    slaSortAt: instant("sla_sort_at")
      .notNull()
      .generatedAlwaysAs(
        sql`coalesce(least(first_response_due_at, next_response_due_at, resolution_due_at), timestamptz '9999-12-31 00:00:00+00')`,
      ),
    /** When the next word about a deadline is due: ahead of it, or that it was missed. */
    slaWatchAt: instant("sla_watch_at"),
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
    index("tickets_queue_team")
      .on(t.tenantId, t.teamId, t.updatedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`${isOpen} and team_id is not null`),
    index("tickets_team")
      .on(t.tenantId, t.teamId, t.updatedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`team_id is not null`),
    index("tickets_seeking")
      .on(t.tenantId, t.seekingSince, t.id)
      .where(sql`seeking_since is not null`),
    index("tickets_queue_unassigned")
      .on(t.tenantId, t.updatedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`${isOpen} and assignee_id is null`),
    index("tickets_queue_priority")
      .on(t.tenantId, t.priorityRank.desc().nullsFirst(), t.updatedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(isOpen),
    index("tickets_category")
      .on(t.tenantId, t.categoryId, t.updatedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`category_id is not null`),
    index("tickets_parent")
      .on(t.tenantId, t.parentId, t.id)
      .where(sql`parent_id is not null`),
    index("tickets_merged")
      .on(t.tenantId, t.mergedIntoId, t.id)
      .where(sql`merged_into_id is not null`),
    index("tickets_split")
      .on(t.tenantId, t.splitFromId, t.id)
      .where(sql`split_from_id is not null`),
    index("tickets_queue_created")
      .on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(isOpen),
    index("tickets_queue_number").on(t.tenantId, t.number.desc().nullsFirst(), t.id.desc().nullsFirst()).where(isOpen),
    index("tickets_queue_rank")
      .on(t.tenantId, t.priorityRank.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(isOpen),
    index("tickets_deadline").on(t.tenantId, t.slaSortAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("tickets_queue_deadline")
      .on(t.tenantId, t.slaSortAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(isOpen),
    index("tickets_sla_watch")
      .on(t.tenantId, t.slaWatchAt)
      .where(sql`sla_watch_at is not null`),
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

/** Who follows a ticket. A merge brings those of the one that was merged along, until it is undone. */
export const ticketWatchers = pgTable(
  "ticket_watchers",
  {
    tenantId: tenantId(),
    ticketId: uuid("ticket_id").notNull(),
    userId: uuid("user_id").notNull(),
    /** The merged ticket that brought them here; null: they came by themselves. */
    viaTicketId: uuid("via_ticket_id"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.ticketId, t.userId] }),
    index("ticket_watchers_member").on(t.tenantId, t.userId, t.ticketId),
    foreignKey({
      name: "ticket_watchers_ticket_fk",
      columns: [t.tenantId, t.ticketId],
      foreignColumns: [tickets.tenantId, tickets.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "ticket_watchers_member_fk",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);
