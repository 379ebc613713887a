import { and, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { signInAttempts } from "#db/schema/auth.ts";
import { digest } from "#server/core/crypto.ts";
import { DomainError } from "#server/core/errors.ts";
import { authDb } from "./auth-pool.ts";

const windowMs = 5 * 60_000;
const countedMs = 15 * 60_000;
const keptMs = 24 * 60 * 60_000;
/** Tries in a quarter of an hour: for one account, and from one address (an office may share it). */
const most = { email: 10, address: 40 };

/**
 * Counts a try before it is made, so that a burst cannot slip past, and refuses it when there were too
 * many for this account or from this address. Kept in the database: every process counts together.
 * Says nothing about whether the account exists.
 */
export async function countAttempt(attempt: { email?: string; address: string }, now: Date): Promise<void> {
  const windowStart = new Date(Math.floor(now.getTime() / windowMs) * windowMs);
  const limits = new Map<string, number>([[addressKey(attempt.address), most.address]]);
  if (attempt.email) limits.set(emailKey(attempt.email), most.email);
  const keys = [...limits.keys()].toSorted();
  await authDb()
    .insert(signInAttempts)
    .values(keys.map((key) => ({ key, windowStart, count: 1 })))
    .onConflictDoUpdate({
      target: [signInAttempts.key, signInAttempts.windowStart],
      set: { count: sql`${signInAttempts.count} + 1` },
    });
  const counted = await authDb()
    .select({ key: signInAttempts.key, count: sql<number>`sum(${signInAttempts.count})::int` })
    .from(signInAttempts)
    .where(and(inArray(signInAttempts.key, keys), gte(signInAttempts.windowStart, new Date(now.getTime() - countedMs))))
    .groupBy(signInAttempts.key);
  if (counted.some(({ key, count }) => count > (limits.get(key) ?? 0))) throw new DomainError("rate_limited");
}

/** A sign-in that worked clears the account's count, and what is too old to matter. */
export async function forgetAttempts(email: string, now: Date): Promise<void> {
  await authDb()
    .delete(signInAttempts)
    .where(eq(signInAttempts.key, emailKey(email)));
  await authDb()
    .delete(signInAttempts)
    .where(lt(signInAttempts.windowStart, new Date(now.getTime() - keptMs)));
}

// Digests: what strangers typed into the form is nobody's to keep.
const emailKey = (email: string) => `email:${digest(email)}`;
const addressKey = (address: string) => `address:${digest(networkOf(address))}`;

/** Where somebody comes from: one household or server has a whole /64 of IPv6 addresses to try from. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped || !address.includes(":")) return mapped ?? address;
  const [head = "", tail] = address.split("::");
  const start = head.split(":").filter(Boolean);
  const end = tail === undefined ? [] : tail.split(":").filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - start.length - end.length);
  return [...start, ...Array.from({ length: zeros }, () => "0"), ...end].slice(0, 4).join(":");
}
