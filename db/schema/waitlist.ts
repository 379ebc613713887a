import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { appointmentSources } from "./appointments.ts";
import { createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { customers } from "./customers.ts";
import { services } from "./scheduling.ts";
import { memberships } from "./tenants.ts";

export const waitlistStatuses = ["waiting", "booked", "left", "over"] as const;
export const waitlistOfferStatuses = ["open", "accepted", "lapsed", "withdrawn", "declined", "not_sent"] as const;

/** Somebody who would come if a time became free. `over`: the days they wanted have passed. */
export const waitlistEntries = pgTable(
  "waitlist_entries",
  {
    tenantId: tenantId(),
    id: rowId(),
    customerId: uuid("customer_id").notNull(),
    serviceId: uuid("service_id").notNull(),
    /** null: with whoever offers it. */
    userId: uuid("user_id"),
    /** Between these they would come. */
    fromAt: instant("from_at").notNull(),
    untilAt: instant("until_at").notNull(),
    status: text("status", { enum: waitlistStatuses }).notNull().default("waiting"),
    source: text("source", { enum: appointmentSources }).notNull(),
    /** What became of it: the appointment that was booked. */
    appointmentId: uuid("appointment_id"),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    // The order in which they are asked; the list's pages.
    index("waitlist_entries_order").on(t.tenantId, t.status, t.createdAt, t.id),
    index("waitlist_entries_customer").on(t.tenantId, t.customerId),
    // Whose last day has passed, across tenants, read by the door `due`.
    index("waitlist_entries_until")
      .on(t.tenantId, t.untilAt)
      .where(sql`status = 'waiting'`),
    // One place in the list for one wish.
    uniqueIndex("waitlist_entries_once")
      .on(t.tenantId, t.customerId, t.serviceId)
      .where(sql`status = 'waiting'`),
    check("waitlist_entries_status", oneOf("status", waitlistStatuses)),
    check("waitlist_entries_source", oneOf("source", appointmentSources)),
    check("waitlist_entries_order_of_times", sql`from_at < until_at`),
    foreignKey({
      name: "waitlist_entries_customer_fk",
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "waitlist_entries_service_fk",
      columns: [t.tenantId, t.serviceId],
      foreignColumns: [services.tenantId, services.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "waitlist_entries_member_fk",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);

/** A member's time that became free and is offered, to one after the other. It goes when it is taken or nobody is left to ask. */
export const waitlistOpenings = pgTable(
  "waitlist_openings",
  {
    tenantId: tenantId(),
    id: rowId(),
    userId: uuid("user_id").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    /** When somebody may be asked next. */
    dueAt: instant("due_at").notNull(),
    /** It was given to one person by hand: nobody else is asked. */
    byHand: boolean("by_hand").notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("waitlist_openings_due").on(t.tenantId, t.dueAt),
    foreignKey({
      name: "waitlist_openings_member_fk",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);

/** A time that was offered to somebody who waits, held for them until it lapses. */
export const waitlistOffers = pgTable(
  "waitlist_offers",
  {
    tenantId: tenantId(),
    id: rowId(),
    entryId: uuid("entry_id").notNull(),
    /** null once the time that became free is nobody's business any more. */
    openingId: uuid("opening_id"),
    userId: uuid("user_id").notNull(),
    startsAt: instant("starts_at").notNull(),
    status: text("status", { enum: waitlistOfferStatuses }).notNull(),
    /** Why they were not told. */
    reason: text("reason"),
    /** The held row, which becomes the appointment. */
    holdId: uuid("hold_id"),
    /** SHA-256 of what the link carries. */
    tokenHash: text("token_hash"),
    expiresAt: instant("expires_at").notNull(),
    conversationId: uuid("conversation_id"),
    messageId: uuid("message_id"),
    createdAt: createdAt(),
    decidedAt: instant("decided_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("waitlist_offers_token").on(t.tokenHash),
    index("waitlist_offers_entry").on(t.tenantId, t.entryId, t.id),
    index("waitlist_offers_opening").on(t.tenantId, t.openingId, t.entryId),
    // One person at a time for a time, and one time at a time for a person.
    uniqueIndex("waitlist_offers_open_opening")
      .on(t.tenantId, t.openingId)
      .where(sql`status = 'open'`),
    uniqueIndex("waitlist_offers_open_entry")
      .on(t.tenantId, t.entryId)
      .where(sql`status = 'open'`),
    check("waitlist_offers_status", oneOf("status", waitlistOfferStatuses)),
    check("waitlist_offers_open", sql`status <> 'open' or (hold_id is not null and token_hash is not null)`),
    foreignKey({
      name: "waitlist_offers_entry_fk",
      columns: [t.tenantId, t.entryId],
      foreignColumns: [waitlistEntries.tenantId, waitlistEntries.id],
    }).onDelete("cascade"),
  ],
);
