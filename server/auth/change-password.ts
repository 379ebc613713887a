import { eq } from "drizzle-orm";
import { passwords } from "#db/schema/auth.ts";
import type { Clock } from "#server/core/clock.ts";
import { invalid } from "#server/core/errors.ts";
import { auditPerson } from "./audit-person.ts";
import { authDb } from "./auth-pool.ts";
import { passwordMatches, setPassword } from "./passwords.ts";
import type { ChangePasswordInput } from "./schemas.ts";
import { endSessionsOf } from "./sessions.ts";
import { countAttempt } from "./sign-in-limit.ts";

/** Replaces one's own password; every other browser is signed out. */
export async function changePassword(
  person: { userId: string; email: string; sessionHash: string; address: string },
  input: ChangePasswordInput,
  clock: Clock,
): Promise<void> {
  await countAttempt(person, clock.now());
  const [stored] = await authDb()
    .select({ hash: passwords.hash })
    .from(passwords)
    .where(eq(passwords.userId, person.userId));
  if (!(await passwordMatches(stored?.hash, input.current))) throw invalid({ current: "wrong_password" });
  await setPassword(authDb(), person.userId, input.password);
  await endSessionsOf(person.userId, person.sessionHash);
  await auditPerson(person.userId, clock, { action: "password.change", entityType: "user", entityId: person.userId });
}
