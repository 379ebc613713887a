import { sql } from "drizzle-orm";
import {
  boolean,
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
import { cents, createdAt, currency, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { tenants } from "./tenants.ts";

export const segments = ["prospect", "client", "vip", "inactive"] as const;
export const customerStatuses = ["active", "inactive", "blocked"] as const;
export const activityTypes = [
  "message_received",
  "message_sent",
  "email",
  "call",
  "visit",
  "order",
  "note",
  "ticket",
  "appointment",
  "other",
] as const;
export const identityKinds = ["phone", "email", "whatsapp_id", "whatsapp_user_id", "instagram_id", "handle"] as const;

/** The one record of a person (S0.1, S1.1, S4.1). `email`, `phone` and every `total_*` and `last_*` are kept by triggers. */
export const customers = pgTable(
  "customers",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    displayName: text("display_name").notNull(),
    firstName: text("first_name"),
    lastName: text("last_name"),
    email: text("email"),
    phone: text("phone"),
    status: text("status", { enum: customerStatuses }).notNull().default("active"),
    source: text("source").notNull().default("manual"),
    segment: text("segment", { enum: segments }).notNull().default("prospect"),
    preferredChannel: text("preferred_channel"),
    preferredContactMethod: text("preferred_contact_method"),
    language: text("language").notNull().default("fr"),
    timezone: text("timezone").notNull().default("Europe/Paris"),
    avatarUrl: text("avatar_url"),
    address: text("address"),
    city: text("city"),
    postalCode: text("postal_code"),
    country: text("country").notNull().default("FR"),
    currency: currency(),
    /** Imported totals, kept apart from what activities add up to. */
    openingOrders: integer("opening_orders").notNull().default(0),
    openingRevenueCents: cents("opening_revenue_cents").notNull().default(0),
    totalOrders: integer("total_orders").notNull().default(0),
    totalRevenueCents: cents("total_revenue_cents").notNull().default(0),
    totalAppointments: integer("total_appointments").notNull().default(0),
    totalConversations: integer("total_conversations").notNull().default(0),
    totalMessages: integer("total_messages").notNull().default(0),
    totalTickets: integer("total_tickets").notNull().default(0),
    lastContactAt: instant("last_contact_at"),
    lastOrderAt: instant("last_order_at"),
    lastSeenAt: instant("last_seen_at"),
    /** Last contact, else since when we know them: a column, since only columns are compared through an index under row-level security. */
    recentAt: instant("recent_at")
      .notNull()
      .generatedAlwaysAs(sql`coalesce(last_contact_at, created_at)`),
    metadata: jsonb("metadata").$type<Record<string, unknown>>().notNull().default({}),
    /** When everything that told who they are was taken away: what is left is counted only. */
    erasedAt: instant("erased_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("customers_name").on(t.tenantId, t.displayName, t.id),
    index("customers_recent").on(t.tenantId, t.recentAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("customers_segment").on(
      t.tenantId,
      t.segment,
      sql`coalesce(last_contact_at, created_at) desc`,
      t.id.desc().nullsFirst(),
    ),
    index("customers_revenue").on(t.tenantId, t.totalRevenueCents.desc().nullsFirst(), t.id.desc().nullsFirst()),
    check("customers_segment_check", oneOf("segment", segments)),
    check("customers_status_check", oneOf("status", customerStatuses)),
  ],
);

/**
 * What the search door reads of a customer: lower-case, unaccented name, emails, phone digits. Apart from
 * the customer, whose statistics every message changes: its trigram index is only written when the words
 * change. Kept by triggers.
 */
export const customerSearch = pgTable(
  "customer_search",
  {
    tenantId: tenantId(),
    customerId: uuid("customer_id").notNull(),
    words: text("words").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.customerId] }),
    foreignKey({
      name: "customer_search_customer_fk",
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
  ],
);

/** How a person is known on the channels. A value that is not `shared` names one customer of the tenant. */
export const customerIdentities = pgTable(
  "customer_identities",
  {
    tenantId: tenantId(),
    id: rowId(),
    customerId: uuid("customer_id").notNull(),
    kind: text("kind", { enum: identityKinds }).notNull(),
    /** Canonical: E.164, lower-case email, the provider's id. */
    value: text("value").notNull(),
    raw: text("raw"),
    /** A family's or company's number: several people may hold it. */
    shared: boolean("shared").notNull().default(false),
    isPrimary: boolean("is_primary").notNull().default(false),
    source: text("source").notNull().default("manual"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("customer_identities_value")
      .on(t.tenantId, t.kind, t.value)
      .where(sql`not shared`),
    index("customer_identities_lookup").on(t.tenantId, t.kind, t.value, t.customerId),
    index("customer_identities_customer").on(t.tenantId, t.customerId),
    check("customer_identities_kind", oneOf("kind", identityKinds)),
    foreignKey({
      name: "customer_identities_customer_fk",
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
  ],
);

export const customerNotes = pgTable(
  "customer_notes",
  {
    tenantId: tenantId(),
    id: rowId(),
    customerId: uuid("customer_id").notNull(),
    authorId: uuid("author_id"),
    content: text("content").notNull(),
    metadata: jsonb("metadata").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("customer_notes_customer").on(t.tenantId, t.customerId, t.id),
    foreignKey({
      name: "customer_notes_customer_fk",
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
  ],
);

/** The interaction history (S1.2). An activity of type `order` carries the amount that the totals add up. */
export const customerActivities = pgTable(
  "customer_activities",
  {
    tenantId: tenantId(),
    id: rowId(),
    customerId: uuid("customer_id").notNull(),
    type: text("type", { enum: activityTypes }).notNull(),
    channel: text("channel"),
    description: text("description").notNull().default(""),
    amountCents: cents("amount_cents"),
    currency: text("currency"),
    messageId: uuid("message_id"),
    conversationId: uuid("conversation_id"),
    ticketId: uuid("ticket_id"),
    metadata: jsonb("metadata").$type<Record<string, unknown>>().notNull().default({}),
    createdBy: uuid("created_by"),
    occurredAt: instant("occurred_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("customer_activities_customer").on(
      t.tenantId,
      t.customerId,
      t.occurredAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("customer_activities_recent").on(t.tenantId, t.occurredAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    check("customer_activities_type", oneOf("type", activityTypes)),
    foreignKey({
      name: "customer_activities_customer_fk",
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
  ],
);

export const customerTags = pgTable(
  "customer_tags",
  {
    tenantId: tenantId(),
    customerId: uuid("customer_id").notNull(),
    tag: text("tag").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.customerId, t.tag] }),
    index("customer_tags_tag").on(t.tenantId, t.tag, t.customerId),
    foreignKey({
      name: "customer_tags_customer_fk",
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
  ],
);

/** What a person agreed to, per channel (S1.3). No row means: channels allowed, no marketing. */
export const customerCommunicationPreferences = pgTable(
  "customer_communication_preferences",
  {
    tenantId: tenantId(),
    customerId: uuid("customer_id").notNull(),
    emailEnabled: boolean("email_enabled").notNull().default(true),
    smsEnabled: boolean("sms_enabled").notNull().default(true),
    whatsappEnabled: boolean("whatsapp_enabled").notNull().default(true),
    phoneEnabled: boolean("phone_enabled").notNull().default(true),
    instagramEnabled: boolean("instagram_enabled").notNull().default(true),
    marketingConsent: boolean("marketing_consent").notNull().default(false),
    marketingConsentAt: instant("marketing_consent_at"),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.customerId] }),
    foreignKey({
      name: "customer_communication_preferences_customer_fk",
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
  ],
);
