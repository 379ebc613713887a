import { and, desc, eq, gt, ne } from "drizzle-orm";
import { sessions } from "#db/schema/auth.ts";
import { authDb, lucia } from "./auth-pool.ts";

/**
 * Opens a session under a new id and returns the cookie that carries it. The browser's previous session,
 * named by its digest, ends: an id that was known before a sign-in is worth nothing after it.
 */
export async function startSession(userId: string, userAgent: string, previousHash?: string): Promise<string> {
  if (previousHash) await endSession(previousHash);
  const session = await lucia().createSession(userId, { userAgent: userAgent.slice(0, 300) || null });
  return lucia().createSessionCookie(session.id).serialize();
}

/** The cookie that makes a browser forget its session. */
export function blankCookie(): string {
  return lucia().createBlankSessionCookie().serialize();
}

export async function endSession(sessionHash: string): Promise<void> {
  await authDb().delete(sessions).where(eq(sessions.id, sessionHash));
}

/** Ends one of the person's own sessions. */
export async function endOwnSession(userId: string, sessionHash: string): Promise<void> {
  await authDb()
    .delete(sessions)
    .where(and(eq(sessions.id, sessionHash), eq(sessions.userId, userId)));
}

/** Ends every session of a person, but for the one named. */
export async function endSessionsOf(userId: string, exceptHash?: string): Promise<void> {
  if (!exceptHash) return lucia().invalidateUserSessions(userId);
  await authDb()
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), ne(sessions.id, exceptHash)));
}

export interface OpenSession {
  /** SHA-256 of the id in the cookie. */
  hash: string;
  createdAt: Date;
  expiresAt: Date;
  userAgent: string | null;
}

/** A person's open sessions, newest first. */
export async function listSessions(userId: string, now: Date): Promise<OpenSession[]> {
  return authDb()
    .select({
      hash: sessions.id,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.createdAt))
    .limit(50);
}

/** Remembers for `/` which tenant this browser showed last. */
export async function rememberTenant(sessionHash: string, tenantId: string): Promise<void> {
  await authDb().update(sessions).set({ lastTenantId: tenantId }).where(eq(sessions.id, sessionHash));
}
