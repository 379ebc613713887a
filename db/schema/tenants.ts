import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, currency, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";

export const tenantKinds = ["business", "platform"] as const;
export const membershipStatuses = ["active", "deactivated"] as const;
export const memberRoles = ["owner", "admin", "manager", "agent"] as const;

/** Spans of the wall clock by weekday, 1 Monday to 7 Sunday: `{ "1": [{ from: "09:00", to: "18:00" }] }`. */
export type BusinessDays = Partial<Record<"1" | "2" | "3" | "4" | "5" | "6" | "7", { from: string; to: string }[]>>;

/** A business. The one of kind `platform` owns the events that nobody else claims; its operator sees them. */
export const tenants = pgTable(
  "tenants",
  {
    id: uuid("id").primaryKey(),
    slug: text("slug").notNull().unique(),
    name: text("name").notNull(),
    kind: text("kind", { enum: tenantKinds }).notNull().default("business"),
    country: text("country").notNull().default("FR"),
    timezone: text("timezone").notNull().default("Europe/Paris"),
    locale: text("locale", { enum: ["fr", "en"] })
      .notNull()
      .default("fr"),
    currency: currency(),
    logRetentionDays: integer("log_retention_days").notNull().default(60),
    /** Whoever else writes to a customer is refused; owners and admins are not. */
    onlyAssigneeSends: boolean("only_assignee_sends").notNull().default(false),
    demo: boolean("demo").notNull().default(false),
    /** When the business is open, by the wall clock of its zone; null: every hour counts. Holidays are a list of their own. */
    businessHours: jsonb("business_hours").$type<BusinessDays>(),
    settings: jsonb("settings").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  () => [check("tenants_kind", oneOf("kind", tenantKinds))],
);

/** Who may work in a tenant. People themselves live in `auth.users`; everything else sees them through here. */
export const memberships = pgTable(
  "memberships",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    userId: uuid("user_id").notNull(),
    email: text("email").notNull(),
    role: text("role", { enum: memberRoles }).notNull(),
    status: text("status", { enum: membershipStatuses }).notNull().default("active"),
    /** Pieces of open work that rules may give them; null is no limit. */
    capacity: integer("capacity"),
    /** They said that they are not to be given anything for now. */
    away: boolean("away").notNull().default(false),
    /** Out of the office: from the one instant until the other. */
    absentFrom: instant("absent_from"),
    absentUntil: instant("absent_until"),
    /** Who is given what would be theirs meanwhile. */
    substituteId: uuid("substitute_id"),
    /** When a rule last gave them something: whose turn it is goes by this. */
    lastGivenAt: instant("last_given_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deactivatedAt: instant("deactivated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId] }),
    index("memberships_user").on(t.userId),
    check("memberships_role", oneOf("role", memberRoles)),
    check("memberships_status", oneOf("status", membershipStatuses)),
    check("memberships_capacity", sql`capacity >= 0`),
    check("memberships_absence", sql`(absent_from is null) = (absent_until is null) and absent_from < absent_until`),
  ],
);

/** How a member appears to colleagues, and what they chose for themselves (S0.4). */
export const userProfiles = pgTable(
  "user_profiles",
  {
    tenantId: tenantId(),
    userId: uuid("user_id").notNull(),
    displayName: text("display_name").notNull(),
    bio: text("bio"),
    avatarUrl: text("avatar_url"),
    timezone: text("timezone"),
    locale: text("locale", { enum: ["fr", "en"] }),
    theme: text("theme", { enum: ["system", "light", "dark"] })
      .notNull()
      .default("system"),
    /** Alerts are sent to them by mail, where their role sees alerts. */
    alertMails: boolean("alert_mails").notNull().default(true),
    /** The columns that they see in the queue of tickets, in their order; null: the usual ones. */
    ticketColumns: text("ticket_columns").array(),
    /** For how long a reply may be taken back before it leaves. */
    undoSeconds: integer("undo_seconds").notNull().default(5),
    /** Hours of their own day in which nothing wakes them, as `22:00`; both or neither. */
    quietFrom: text("quiet_from"),
    quietUntil: text("quiet_until"),
    /** Nothing wakes them until then. */
    mutedUntil: instant("muted_until"),
    metadata: jsonb("metadata").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId] }),
    check("user_profiles_undo", sql`undo_seconds in (0, 5, 10)`),
    foreignKey({
      name: "user_profiles_membership",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);

/** A link that lets one person join with one role. Only the token's SHA-256 is kept. */
export const invitations = pgTable(
  "invitations",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    email: text("email").notNull(),
    role: text("role", { enum: memberRoles }).notNull(),
    tokenHash: text("token_hash").notNull(),
    invitedBy: uuid("invited_by"),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    revokedAt: instant("revoked_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("invitations_token").on(t.tokenHash),
    check("invitations_role", oneOf("role", memberRoles)),
  ],
);

/** Gapless numbers per tenant, such as ticket numbers. The row lock is held until the numbered row commits. */
export const tenantCounters = pgTable(
  "tenant_counters",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    value: bigint("value", { mode: "number" }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.name] })],
);

/** Who did what, written in the transaction that did it. Append-only for guichet_app. */
export const auditLog = pgTable(
  "audit_log",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    actorType: text("actor_type").notNull(),
    actorId: uuid("actor_id"),
    action: text("action").notNull(),
    entityType: text("entity_type").notNull(),
    entityId: text("entity_id"),
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("audit_log_entity").on(t.tenantId, t.entityType, t.entityId, t.id),
  ],
);

/** Append-only facts for the managers' figures (S0.7). */
export const analyticsEvents = pgTable(
  "analytics_events",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    eventType: text("event_type").notNull(),
    eventData: jsonb("event_data").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("analytics_events_type").on(t.tenantId, t.eventType, t.id),
  ],
);
