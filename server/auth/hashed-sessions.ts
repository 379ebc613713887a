import type { Adapter } from "lucia";
import { digest } from "#server/core/crypto.ts";
import type { FindSession } from "./find-session.ts";

/**
 * Keeps SHA-256 of session ids at rest: whoever reads the table, a backup or a log of it cannot sign in.
 * Lists name sessions by that digest.
 */
export function hashedSessions(inner: Adapter, find: FindSession): Adapter {
  return {
    async getSessionAndUser(sessionId) {
      const [session, user] = await find(digest(sessionId));
      return [session && { ...session, id: sessionId }, user];
    },
    getUserSessions: (userId) => inner.getUserSessions(userId),
    setSession: (session) => inner.setSession({ ...session, id: digest(session.id) }),
    updateSessionExpiration: (sessionId, expiresAt) => inner.updateSessionExpiration(digest(sessionId), expiresAt),
    deleteSession: (sessionId) => inner.deleteSession(digest(sessionId)),
    deleteUserSessions: (userId) => inner.deleteUserSessions(userId),
    deleteExpiredSessions: () => inner.deleteExpiredSessions(),
  };
}
