import { DrizzlePostgreSQLAdapter } from "@lucia-auth/adapter-drizzle";
import { Lucia, TimeSpan } from "lucia";
import type { Database } from "#db/client.ts";
import { sessions, users } from "#db/schema/auth.ts";
import { findSessionIn } from "./find-session.ts";
import { hashedSessions } from "./hashed-sessions.ts";

/** Lucia over the sign-in pool: sessions of 30 days, renewed in their second half. */
export function luciaOver(db: Database, secureCookies: boolean) {
  return new Lucia(hashedSessions(new DrizzlePostgreSQLAdapter(db, sessions, users), findSessionIn(db)), {
    sessionExpiresIn: new TimeSpan(30, "d"),
    sessionCookie: {
      name: "guichet_session",
      attributes: { secure: secureCookies, sameSite: "lax", path: "/" },
    },
    getSessionAttributes: ({ createdAt, userAgent, lastTenantId }) => ({ createdAt, userAgent, lastTenantId }),
    getUserAttributes: ({ email, name, locale }) => ({ email, name, locale }),
  });
}

export type Sessions = ReturnType<typeof luciaOver>;

declare module "lucia" {
  interface Register {
    Lucia: Sessions;
    DatabaseSessionAttributes: {
      userAgent: string | null;
      createdAt?: Date;
      lastTenantId?: string | null;
    };
    DatabaseUserAttributes: { email: string; name: string; locale: "fr" | "en" | null };
  }
}
