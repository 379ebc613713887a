import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
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
import { cents, createdAt, currency, instant, rowId, tenantId, updatedAt } from "./columns.ts";
import type { BusinessDays } from "./tenants.ts";
import { memberships, tenants } from "./tenants.ts";

/** Something that people make appointments for. One that is no longer offered is archived: its appointments remain. */
export const services = pgTable(
  "services",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    durationMinutes: integer("duration_minutes").notNull(),
    /** Kept free before and after each appointment; may reach out of working hours. */
    bufferBeforeMinutes: integer("buffer_before_minutes").notNull().default(0),
    bufferAfterMinutes: integer("buffer_after_minutes").notNull().default(0),
    /** null: no price is named. */
    priceCents: cents("price_cents"),
    currency: currency(),
    location: text("location").notNull().default(""),
    /** How many customers one member takes at the same time. */
    capacity: integer("capacity").notNull().default(1),
    /** What is offered begins at least so long after it is asked for, and within so many days. */
    minimumNoticeMinutes: integer("minimum_notice_minutes").notNull().default(0),
    horizonDays: integer("horizon_days").notNull().default(60),
    /** Offered times are so far apart, counted from when a stretch of work begins. */
    slotStepMinutes: integer("slot_step_minutes").notNull().default(30),
    /** Customers may book it by themselves, where the business has a page for that. */
    online: boolean("online").notNull().default(true),
    archivedAt: instant("archived_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("services_name")
      .on(t.tenantId, t.name)
      .where(sql`archived_at is null`),
    check("services_minutes", sql`duration_minutes between 5 and 1440 and slot_step_minutes between 5 and 1440`),
    check(
      "services_buffers",
      sql`buffer_before_minutes between 0 and 1440 and buffer_after_minutes between 0 and 1440`,
    ),
    check("services_capacity", sql`capacity between 1 and 100`),
    check("services_notice", sql`minimum_notice_minutes >= 0 and horizon_days > 0`),
  ],
);

/** Who offers a service. */
export const serviceMembers = pgTable(
  "service_members",
  {
    tenantId: tenantId(),
    serviceId: uuid("service_id").notNull(),
    userId: uuid("user_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.serviceId, t.userId] }),
    index("service_members_member").on(t.tenantId, t.userId),
    foreignKey({
      name: "service_members_service_fk",
      columns: [t.tenantId, t.serviceId],
      foreignColumns: [services.tenantId, services.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "service_members_member_fk",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);

/** A member's working week. Who has none works as the business is open. */
export const memberHours = pgTable(
  "member_hours",
  {
    tenantId: tenantId(),
    userId: uuid("user_id").notNull(),
    /** The zone whose wall clock it goes by; null: the business's own. */
    timezone: text("timezone"),
    days: jsonb("days").$type<BusinessDays>().notNull(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId] }),
    foreignKey({
      name: "member_hours_member_fk",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);

/** A date on which a member works other hours than the week says; holidays of the business give way to it. */
export const memberDays = pgTable(
  "member_days",
  {
    tenantId: tenantId(),
    userId: uuid("user_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    /** None: not at all. */
    spans: jsonb("spans").$type<{ from: string; to: string }[]>().notNull(),
    note: text("note").notNull().default(""),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId, t.day] }),
    foreignKey({
      name: "member_days_member_fk",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);

/** When a member takes no appointments, whatever their hours say. */
export const timeOff = pgTable(
  "time_off",
  {
    tenantId: tenantId(),
    id: rowId(),
    userId: uuid("user_id").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    reason: text("reason").notNull().default(""),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("time_off_member").on(t.tenantId, t.userId, t.endsAt),
    check("time_off_order", sql`starts_at < ends_at`),
    foreignKey({
      name: "time_off_member_fk",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);
