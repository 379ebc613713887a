import { foreignKey, integer, jsonb, pgTable, primaryKey, unique, uuid } from "drizzle-orm/pg-core";
import { channelConfigurations } from "./channels.ts";
import { createdAt, instant, rowId, tenantId } from "./columns.ts";

/** What a business wants one of its voice agents to be, in terms of no provider. Empty texts are left as the provider has them. */
export interface AssistantDefinition {
  prompt: string;
  /** What it says first. */
  greeting: string;
  language: "fr" | "en";
  /** The provider's name of a voice; empty: the one it has. */
  voice: string;
  /** Names of functions that it may call. */
  functions: string[];
  /** Where it puts callers through to, E.164; empty: nowhere. */
  transferTo: string;
}

/** What was ever wanted of a channel's voice agent; the newest is what holds. Nothing is changed in a version but when it was sent. */
export const assistantVersions = pgTable(
  "assistant_versions",
  {
    tenantId: tenantId(),
    id: rowId(),
    channelId: uuid("channel_id").notNull(),
    /** From 1, by channel. */
    number: integer("number").notNull(),
    definition: jsonb("definition").$type<AssistantDefinition>().notNull(),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
    /** When the provider took it, last. */
    sentAt: instant("sent_at"),
    sentBy: uuid("sent_by"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("assistant_versions_number").on(t.tenantId, t.channelId, t.number),
    foreignKey({
      name: "assistant_versions_channel_fk",
      columns: [t.tenantId, t.channelId],
      foreignColumns: [channelConfigurations.tenantId, channelConfigurations.id],
    }).onDelete("cascade"),
  ],
);
