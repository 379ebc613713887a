import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { customers } from "./customers.ts";
import { services } from "./scheduling.ts";
import { memberships, tenants } from "./tenants.ts";

/** `held`: nobody's yet, kept while somebody decides. `rescheduled`: another one took its place. */
export const appointmentStatuses = ["held", "confirmed", "rescheduled", "cancelled", "completed", "no_show"] as const;
export const appointmentSources = ["manual", "web", "voice_agent"] as const;

/**
 * An appointment of a customer with a member (S2.4). While held or confirmed it takes one of the member's seats from
 * `blocked_from` to `blocked_until`, which are its times with the service's buffers. Exclusion constraints (custom SQL) keep
 * a seat from being taken twice, and a member from giving two services, or one at two times, at once.
 */
export const appointments = pgTable(
  "appointments",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    serviceId: uuid("service_id").notNull(),
    /** The member it is with. */
    userId: uuid("user_id").notNull(),
    /** 1 to the service's capacity. */
    seat: smallint("seat").notNull(),
    /** null while held. */
    customerId: uuid("customer_id"),
    status: text("status", { enum: appointmentStatuses }).notNull(),
    /** When it came to this status. */
    statusAt: instant("status_at").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    blockedFrom: instant("blocked_from").notNull(),
    blockedUntil: instant("blocked_until").notNull(),
    /** Until when it is held; null once it is somebody's. */
    heldUntil: instant("held_until"),
    /** The visitor of the booking page whom it is held for, as a signature of where they come from and of their visit. */
    heldBy: text("held_by"),
    location: text("location").notNull().default(""),
    /** What the customer said; what is for the team alone. */
    notes: text("notes").notNull().default(""),
    internalNotes: text("internal_notes").notNull().default(""),
    source: text("source", { enum: appointmentSources }).notNull().default("manual"),
    /** The one whose place it took. */
    rescheduledFromId: uuid("rescheduled_from_id"),
    /** Where it was made. Unset when what they point to goes (custom SQL: only the link, never the tenant). */
    conversationId: uuid("conversation_id"),
    ticketId: uuid("ticket_id"),
    callId: uuid("call_id"),
    /** When the customer said by themselves that they come, or that they want another time. */
    customerConfirmedAt: instant("customer_confirmed_at"),
    moveAskedAt: instant("move_asked_at"),
    /** Set as messages leave (`appointment_messages`); read and written by `compat.rendez_vous`. */
    confirmationSentAt: instant("confirmation_sent_at"),
    reminder24hSentAt: instant("reminder_24h_sent_at"),
    reminder1hSentAt: instant("reminder_1h_sent_at"),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("appointments_time").on(t.tenantId, t.startsAt, t.id),
    index("appointments_member").on(t.tenantId, t.userId, t.startsAt, t.id),
    index("appointments_service").on(t.tenantId, t.serviceId, t.startsAt, t.id),
    index("appointments_status").on(t.tenantId, t.status, t.startsAt, t.id),
    index("appointments_customer").on(t.tenantId, t.customerId, t.startsAt, t.id),
    index("appointments_conversation")
      .on(t.tenantId, t.conversationId)
      .where(sql`conversation_id is not null`),
    index("appointments_ticket")
      .on(t.tenantId, t.ticketId)
      .where(sql`ticket_id is not null`),
    index("appointments_call")
      .on(t.tenantId, t.callId)
      .where(sql`call_id is not null`),
    index("appointments_held")
      .on(t.tenantId, t.heldUntil)
      .where(sql`status = 'held'`),
    // One takes the place of one.
    uniqueIndex("appointments_rescheduled_from")
      .on(t.tenantId, t.rescheduledFromId)
      .where(sql`rescheduled_from_id is not null`),
    check("appointments_status_check", oneOf("status", appointmentStatuses)),
    check("appointments_source_check", oneOf("source", appointmentSources)),
    check("appointments_seat", sql`seat >= 1`),
    check("appointments_order", sql`blocked_from <= starts_at and starts_at < ends_at and ends_at <= blocked_until`),
    check("appointments_held_by_check", sql`held_by is null or status = 'held'`),
    check(
      "appointments_held_check",
      sql`(status = 'held') = (held_until is not null) and (status = 'held' or customer_id is not null)`,
    ),
    foreignKey({
      name: "appointments_service_fk",
      columns: [t.tenantId, t.serviceId],
      foreignColumns: [services.tenantId, services.id],
    }),
    foreignKey({
      name: "appointments_member_fk",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }),
    foreignKey({
      name: "appointments_customer_fk",
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
  ],
);

/** What became of an appointment, and who did it, when and why. */
export const appointmentEvents = pgTable(
  "appointment_events",
  {
    tenantId: tenantId(),
    id: rowId(),
    appointmentId: uuid("appointment_id").notNull(),
    type: text("type").notNull(),
    actorType: text("actor_type").notNull(),
    actorId: uuid("actor_id"),
    /** Why, in the words of whoever did it. */
    reason: text("reason").notNull().default(""),
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("appointment_events_appointment").on(t.tenantId, t.appointmentId, t.id),
    foreignKey({
      name: "appointment_events_appointment_fk",
      columns: [t.tenantId, t.appointmentId],
      foreignColumns: [appointments.tenantId, appointments.id],
    }).onDelete("cascade"),
  ],
);
