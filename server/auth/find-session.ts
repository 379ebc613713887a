import { eq, sql } from "drizzle-orm";
import type { DatabaseSession, DatabaseUser } from "lucia";
import type { Database } from "#db/client.ts";
import { sessions, users } from "#db/schema/auth.ts";

/** A session and its person by the session's id, or twice null. */
export type FindSession = (id: string) => Promise<[DatabaseSession | null, DatabaseUser | null]>;

/** Every request asks it: the statement is put together once, where Lucia's adapter does it each time. */
export function findSessionIn(db: Database): FindSession {
  const statement = db
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(sessions.userId, users.id))
    .where(eq(sessions.id, sql.placeholder("id")))
    .prepare("session_and_user");
  return async (wanted) => {
    const [found] = await statement.execute({ id: wanted });
    if (!found) return [null, null];
    const { id, userId, expiresAt, ...attributes } = found.session;
    const { id: _, ...person } = found.user;
    return [
      { id, userId, expiresAt, attributes },
      { id: userId, attributes: person },
    ];
  };
}
