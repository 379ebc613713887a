import type { Clock } from "#server/core/clock.ts";
import { DomainError } from "#server/core/errors.ts";
import { auditPerson } from "./audit-person.ts";
import { findPerson } from "./people.ts";
import { passwordMatches } from "./passwords.ts";
import type { SignInInput } from "./schemas.ts";
import { startSession } from "./sessions.ts";
import { countAttempt, forgetAttempts } from "./sign-in-limit.ts";

/** The browser that asks. `sessionHash`: the session it had before, which ends. */
export interface Browser {
  address: string;
  userAgent: string;
  sessionHash?: string | undefined;
}

/**
 * Checks an email and a password and opens a session; returns its cookie. An unknown email, a wrong
 * password and an account without one are the same refusal (`wrong_credentials`) after the same work.
 */
export async function signIn(
  browser: Browser,
  clock: Clock,
  input: SignInInput,
): Promise<{ userId: string; cookie: string }> {
  await countAttempt({ email: input.email, address: browser.address }, clock.now());
  const person = await findPerson(input.email);
  const matches = await passwordMatches(person?.passwordHash ?? undefined, input.password);
  if (!person || !matches) throw new DomainError("unauthenticated", "wrong_credentials");
  await forgetAttempts(input.email, clock.now());
  const cookie = await startSession(person.userId, browser.userAgent, browser.sessionHash);
  await auditPerson(person.userId, clock, { action: "session.start", entityType: "user", entityId: person.userId });
  return { userId: person.userId, cookie };
}
