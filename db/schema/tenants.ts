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
    demo: boolean("demo").notNull().default(false),
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
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deactivatedAt: instant("deactivated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId] }),
    index("memberships_user").on(t.userId),
    check("memberships_role", oneOf("role", memberRoles)),
    check("memberships_status", oneOf("status", membershipStatuses)),
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
    metadata: jsonb("metadata").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId] }),
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
