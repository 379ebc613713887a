import { index, integer, pgSchema, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, updatedAt } from "./columns.ts";

/** People and their sign-ins: no tenant, read by role `guichet_auth` alone, through `server/auth` only. */
export const auth = pgSchema("auth");

export const users = auth.table("users", {
  id: uuid("id").primaryKey(),
  /** Lower-cased and trimmed before it is written. */
  email: text("email").notNull().unique(),
  name: text("name").notNull(),
  locale: text("locale", { enum: ["fr", "en"] }),
  createdAt: createdAt(),
});

export const passwords = auth.table("passwords", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** argon2id, PHC string. */
  hash: text("hash").notNull(),
  updatedAt: updatedAt(),
});

export const sessions = auth.table(
  "sessions",
  {
    /** SHA-256 of the id in the cookie. */
    id: text("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
    userAgent: text("user_agent"),
    /** Remembered for `/` only: which tenant was seen last. */
    lastTenantId: uuid("last_tenant_id"),
  },
  (t) => [index("sessions_user").on(t.userId), index("sessions_expiry").on(t.expiresAt)],
);

/** Owner-issued links that set a new password, once. */
export const passwordResets = auth.table(
  "password_resets",
  {
    tokenHash: text("token_hash").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
    createdAt: createdAt(),
  },
  (t) => [index("password_resets_user").on(t.userId)],
);

/** Failed sign-ins per key (an address, or an email) and five-minute window. */
export const signInAttempts = auth.table(
  "sign_in_attempts",
  {
    key: text("key").notNull(),
    windowStart: instant("window_start").notNull(),
    count: integer("count").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.key, t.windowStart] })],
);

/** The one-time token that opens `/setup` on an empty database. */
export const setupTokens = auth.table("setup_tokens", {
  tokenHash: text("token_hash").primaryKey(),
  createdAt: createdAt(),
  usedAt: instant("used_at"),
});
