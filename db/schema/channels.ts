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
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { tenants } from "./tenants.ts";

export const channelTypes = ["whatsapp", "sms", "instagram", "email", "phone"] as const;
export const webhookStatuses = ["active", "inactive", "error"] as const;
/** `as_team`: as the channel's team does, and by hand without one. `member`: to the one that the channel names. */
export const channelAssignments = ["as_team", "by_hand", "member", "round_robin", "least_loaded"] as const;
export const autoTicketRules = ["never", "new_conversation", "reopened_conversation"] as const;

/** Opening hours: times are `HH:MM`, several spans a day, ISO weekdays 1 (Monday) to 7; `closed` are ISO dates. */
export interface BusinessHours {
  days: Partial<Record<"1" | "2" | "3" | "4" | "5" | "6" | "7", { from: string; to: string }[]>>;
  closed: string[];
}

/** An incoming call is greeted, then forwarded, handed to the tenant's voice agent, or sent to voicemail. */
export interface VoiceSettings {
  greeting: string;
  language: "fr" | "en";
  handling: "forward" | "voice_agent" | "voicemail";
  /** E.164, for `forward`. */
  forwardTo: string | null;
  /** A Vapi or Retell channel of the tenant, for `voice_agent`. */
  voiceChannelId: string | null;
  /** Where nobody answers: take a message instead of hanging up. */
  voicemail: boolean;
}

/** A number, mailbox or account that a tenant connected (S2.1, S3.1). Sealed columns open with the tenant and channel id only. */
export const channelConfigurations = pgTable(
  "channel_configurations",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    channelType: text("channel_type", { enum: channelTypes }).notNull(),
    provider: text("provider").notNull(),
    name: text("name").notNull(),
    /** false: paused. Inbound is still logged, nothing is sent. */
    enabled: boolean("enabled").notNull().default(true),
    /** true once credentials are complete. */
    configured: boolean("configured").notNull().default(false),
    /** Where guided set-up stopped: credentials, webhook, test, routing, done. */
    setupStep: text("setup_step").notNull().default("credentials"),
    /** Sealed JSON of every credential. */
    configEncrypted: text("config_encrypted"),
    configPublic: jsonb("config_public").$type<Record<string, string>>().notNull().default({}),
    templates: jsonb("templates").$type<Record<string, boolean>>().notNull().default({}),
    assistantId: text("assistant_id"),
    /** When the provider's token stops working; null where it does not end. */
    tokenExpiresAt: instant("token_expires_at"),
    /** When a token that was copied by hand is looked after again; null: as soon as may be. */
    tokenDueAt: instant("token_due_at"),
    /** The OAuth connection its token comes from. */
    connectionId: uuid("connection_id"),
    /** Opening hours in the tenant's zone; null is always open. */
    businessHours: jsonb("business_hours").$type<BusinessHours>(),
    /** Sent once a conversation while closed; null sends nothing. */
    awayMessage: text("away_message"),
    /** Answered to a new conversation at once, in the webhook's own answer where the provider takes one (S1.7). */
    autoReply: text("auto_reply"),
    /** Below every mail that members write; null is none. */
    mailSignature: text("mail_signature"),
    /** What becomes of an incoming call. */
    voice: jsonb("voice").$type<VoiceSettings>(),
    /** Whose new conversations are. */
    defaultTeamId: uuid("default_team_id"),
    assignment: text("assignment", { enum: channelAssignments }).notNull().default("as_team"),
    /** Whom a new conversation is given to, where `assignment` is `member`. */
    defaultAssigneeId: uuid("default_assignee_id"),
    /** Why nothing is sent through it until the admin acts: a definite refusal of the credentials or the account. */
    sendingBlocked: text("sending_blocked"),
    /** When its templates are read from the provider again; null: as soon as may be. */
    templatesDueAt: instant("templates_due_at"),
    phoneNumberId: text("phone_number_id"),
    pageId: text("page_id"),
    accountId: text("account_id"),
    /** Sealed. */
    appSecret: text("app_secret"),
    /** Sealed. */
    verifyToken: text("verify_token"),
    /** Sealed: the opaque part of this channel's own webhook URL; its SHA-256 is a routing key. */
    webhookKey: text("webhook_key"),
    displayPhoneNumber: text("display_phone_number"),
    businessName: text("business_name"),
    webhookEvents: text("webhook_events").array().notNull().default([]),
    webhookStatus: text("webhook_status", { enum: webhookStatuses }).notNull().default("inactive"),
    webhookMetadata: jsonb("webhook_metadata").$type<Record<string, unknown>>().notNull().default({}),
    /** Bad signatures answer 200 and are explained, instead of 401. Never processed either way. */
    observeMode: boolean("observe_mode").notNull().default(false),
    autoTicketRule: text("auto_ticket_rule", { enum: autoTicketRules }).notNull().default("never"),
    /** Set when the channel speaks to a stand-in instead of the provider. */
    simulated: boolean("simulated").notNull().default(false),
    lastWebhookAt: instant("last_webhook_at"),
    lastOutboundAt: instant("last_outbound_at"),
    /** When the number's rate allows the next message: each one sent moves it on. */
    nextSendAt: instant("next_send_at"),
    lastErrorAt: instant("last_error_at"),
    /** A reason key that the interface words. */
    lastErrorReason: text("last_error_reason"),
    lastErrorDetail: text("last_error_detail"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    // Mailboxes to read, across tenants, for the door `due`.
    index("channel_configurations_mailboxes")
      .on(t.tenantId, t.id)
      .where(sql`provider = 'email' and enabled and configured`),
    check("channel_configurations_type", oneOf("channel_type", channelTypes)),
    check("channel_configurations_webhook_status", oneOf("webhook_status", webhookStatuses)),
    check("channel_configurations_auto_ticket_rule", oneOf("auto_ticket_rule", autoTicketRules)),
    check("channel_configurations_assignment", oneOf("assignment", channelAssignments)),
    check(
      "channel_configurations_assignment_of",
      sql`(assignment <> 'member' or default_assignee_id is not null) and (assignment not in ('round_robin', 'least_loaded') or default_team_id is not null)`,
    ),
  ],
);

/**
 * What a provider's event may be routed by, such as `whatsapp:number:1065…`. One key belongs to one
 * tenant: the unique key spans tenants on purpose, and its refusal never says whose it is.
 */
export const channelRoutingKeys = pgTable(
  "channel_routing_keys",
  {
    tenantId: tenantId(),
    key: text("key").notNull(),
    channelId: uuid("channel_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.key] }),
    unique("channel_routing_keys_key").on(t.key),
    index("channel_routing_keys_channel").on(t.tenantId, t.channelId),
    foreignKey({
      name: "channel_routing_keys_channel_fk",
      columns: [t.tenantId, t.channelId],
      foreignColumns: [channelConfigurations.tenantId, channelConfigurations.id],
    }).onDelete("cascade"),
  ],
);

/** How many verified events came in within an hour: what a channel's rhythm is learned from. Hours without any have no row. */
export const channelHours = pgTable(
  "channel_hours",
  {
    tenantId: tenantId(),
    channelId: uuid("channel_id").notNull(),
    hour: instant("hour").notNull(),
    events: integer("events").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.channelId, t.hour] }),
    foreignKey({
      name: "channel_hours_channel_fk",
      columns: [t.tenantId, t.channelId],
      foreignColumns: [channelConfigurations.tenantId, channelConfigurations.id],
    }).onDelete("cascade"),
  ],
);
