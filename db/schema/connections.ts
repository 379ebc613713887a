import { check, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { tenants } from "./tenants.ts";

export const connectionPlatforms = ["instagram", "whatsapp"] as const;
export const connectionStatuses = ["active", "expired", "revoked"] as const;

/** An account that a tenant connected by OAuth (S0.5). Tokens are sealed and bound to tenant and connection. */
export const platformConnections = pgTable(
  "platform_connections",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    platform: text("platform", { enum: connectionPlatforms }).notNull(),
    /** The platform's id of the account. */
    accountId: text("account_id").notNull(),
    accountName: text("account_name"),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    scopes: text("scopes").array().notNull().default([]),
    status: text("status", { enum: connectionStatuses }).notNull().default("active"),
    expiresAt: instant("expires_at"),
    refreshedAt: instant("refreshed_at"),
    lastSyncAt: instant("last_sync_at"),
    lastError: text("last_error"),
    /** One worker asks the platform at a time: until then it is this one's. */
    renewingUntil: instant("renewing_until"),
    connectedBy: uuid("connected_by"),
    metadata: jsonb("metadata").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("platform_connections_account").on(t.tenantId, t.platform, t.accountId),
    index("platform_connections_expiry").on(t.tenantId, t.status, t.expiresAt),
    check("platform_connections_platform", oneOf("platform", connectionPlatforms)),
    check("platform_connections_status", oneOf("status", connectionStatuses)),
  ],
);

/** A sign-in at a platform that is under way: state by its SHA-256, PKCE verifier sealed, used once. */
export const connectionAttempts = pgTable(
  "connection_attempts",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    platform: text("platform", { enum: connectionPlatforms }).notNull(),
    stateHash: text("state_hash").notNull(),
    verifier: text("verifier").notNull(),
    userId: uuid("user_id").notNull(),
    /** The channel that is being set up with it. */
    channelId: uuid("channel_id"),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("connection_attempts_state").on(t.tenantId, t.stateHash),
    check("connection_attempts_platform", oneOf("platform", connectionPlatforms)),
  ],
);
