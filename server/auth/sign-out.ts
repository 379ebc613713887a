import type { Clock } from "#server/core/clock.ts";
import { auditPerson } from "./audit-person.ts";
import { endOwnSession, endSession, endSessionsOf } from "./sessions.ts";

interface SignedIn {
  userId: string;
  sessionHash: string;
}

/** Ends this browser's session. */
export async function signOut(person: SignedIn, clock: Clock): Promise<void> {
  await endSession(person.sessionHash);
  await auditPerson(person.userId, clock, { action: "session.end", entityType: "user", entityId: person.userId });
}

/** Ends every session of the person, this browser's too. */
export async function signOutEverywhere(person: SignedIn, clock: Clock): Promise<void> {
  await endSessionsOf(person.userId);
  await auditPerson(person.userId, clock, { action: "session.end_all", entityType: "user", entityId: person.userId });
}

/** Ends another of one's own sessions, named by its digest. */
export async function signOutOther(person: SignedIn, sessionHash: string, clock: Clock): Promise<void> {
  await endOwnSession(person.userId, sessionHash);
  await auditPerson(person.userId, clock, { action: "session.end_other", entityType: "user", entityId: person.userId });
}
