import { and, eq, gt, isNull } from "drizzle-orm";
import { passwordResets, users } from "#db/schema/auth.ts";
import type { Clock } from "#server/core/clock.ts";
import { digest } from "#server/core/crypto.ts";
import { DomainError } from "#server/core/errors.ts";
import { newToken } from "#server/core/ids.ts";
import { auditPerson } from "./audit-person.ts";
import { authDb, inAuth } from "./auth-pool.ts";
import { setPassword } from "./passwords.ts";
import type { ResetPasswordInput } from "./schemas.ts";
import { endSessionsOf } from "./sessions.ts";
import { countAttempt } from "./sign-in-limit.ts";

const dayMs = 24 * 60 * 60_000;

/** A link's token, shown once, that sets a new password within 24 hours. Earlier links stop working. */
export async function issuePasswordReset(userId: string, clock: Clock): Promise<{ token: string; expiresAt: Date }> {
  const token = newToken();
  const expiresAt = new Date(clock.now().getTime() + dayMs);
  await inAuth(async (db) => {
    await db.delete(passwordResets).where(eq(passwordResets.userId, userId));
    await db.insert(passwordResets).values({ tokenHash: digest(token), userId, expiresAt, createdAt: clock.now() });
  });
  return { token, expiresAt };
}

/** Whose password the link sets, while it is good; else `link_expired`. */
export async function lookAtReset(
  address: string,
  token: string,
  clock: Clock,
): Promise<{ name: string; email: string }> {
  const [row] = await authDb()
    .select({ name: users.name, email: users.email })
    .from(passwordResets)
    .innerJoin(users, eq(users.id, passwordResets.userId))
    .where(goodReset(token, clock));
  if (row) return row;
  await countAttempt({ address }, clock.now());
  throw new DomainError("not_found", "link_expired");
}

/** Sets the new password, once, and ends every session of the person. */
export async function resetPassword(address: string, input: ResetPasswordInput, clock: Clock): Promise<void> {
  await countAttempt({ address }, clock.now());
  const userId = await inAuth(async (db) => {
    const [used] = await db
      .update(passwordResets)
      .set({ usedAt: clock.now() })
      .where(goodReset(input.token, clock))
      .returning({ userId: passwordResets.userId });
    if (!used) throw new DomainError("not_found", "link_expired");
    await setPassword(db, used.userId, input.password);
    return used.userId;
  });
  await endSessionsOf(userId);
  await auditPerson(userId, clock, { action: "password.reset", entityType: "user", entityId: userId });
}

function goodReset(token: string, clock: Clock) {
  return and(
    eq(passwordResets.tokenHash, digest(token)),
    isNull(passwordResets.usedAt),
    gt(passwordResets.expiresAt, clock.now()),
  );
}
