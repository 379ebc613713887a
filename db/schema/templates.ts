import {
  boolean,
  check,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { channelConfigurations } from "./channels.ts";
import { createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";

export const templateStatuses = ["approved", "pending", "rejected", "paused", "disabled"] as const;

/** A message that the provider approved beforehand: the only one allowed outside the reply window. Synced from the provider. */
export const messageTemplates = pgTable(
  "message_templates",
  {
    tenantId: tenantId(),
    id: rowId(),
    channelId: uuid("channel_id").notNull(),
    /** The provider's id. */
    externalId: text("external_id"),
    name: text("name").notNull(),
    language: text("language").notNull(),
    category: text("category").notNull().default("utility"),
    status: text("status", { enum: templateStatuses }).notNull(),
    /** green, yellow, red … as the provider names it. */
    quality: text("quality"),
    /** Why it was rejected or paused, in the provider's words. */
    statusReason: text("status_reason"),
    header: text("header"),
    body: text("body").notNull(),
    footer: text("footer"),
    buttons: jsonb("buttons").$type<Record<string, unknown>[]>().notNull().default([]),
    /** [{name, example}] in the order they appear. */
    variables: jsonb("variables").$type<{ name: string; example: string | null }[]>().notNull().default([]),
    /** The provider's own definition, for what the columns do not hold. */
    definition: jsonb("definition").$type<Record<string, unknown>>().notNull().default({}),
    /** Switched off by the admin: not offered to agents. */
    enabled: boolean("enabled").notNull().default(true),
    usageCount: integer("usage_count").notNull().default(0),
    syncedAt: instant("synced_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("message_templates_name").on(t.tenantId, t.channelId, t.name, t.language),
    check("message_templates_status", oneOf("status", templateStatuses)),
    foreignKey({
      name: "message_templates_channel_fk",
      columns: [t.tenantId, t.channelId],
      foreignColumns: [channelConfigurations.tenantId, channelConfigurations.id],
    }).onDelete("cascade"),
  ],
);
