import { and, eq, isNull, lt, sql } from "drizzle-orm";
import { setupTokens } from "#db/schema/auth.ts";
import { tenants } from "#db/schema/tenants.ts";
import type { Clock } from "#server/core/clock.ts";
import { systemClock } from "#server/core/clock.ts";
import { digest } from "#server/core/crypto.ts";
import { DomainError } from "#server/core/errors.ts";
import { newToken } from "#server/core/ids.ts";
import { authDb, inAuth } from "./auth-pool.ts";

const weekMs = 7 * 24 * 60 * 60_000;

/** A token that opens `/setup` once. Printed at start while no business exists; a week old ones are gone. */
export async function issueSetupToken(clock: Clock = systemClock): Promise<string> {
  const token = newToken(18);
  await authDb()
    .delete(setupTokens)
    .where(lt(setupTokens.createdAt, new Date(clock.now().getTime() - weekMs)));
  await authDb()
    .insert(setupTokens)
    .values({ tokenHash: digest(token), createdAt: clock.now() });
  return token;
}

/** Whether the token would open `/setup` now. */
export async function setupIsOpen(token: string): Promise<boolean> {
  const [row] = await authDb()
    .select({ one: sql<number>`1` })
    .from(setupTokens)
    .where(and(goodToken(token), noBusinessYet));
  return row !== undefined;
}

/** Uses the token up, and every other with it; throws `link_expired` when it is not good. */
export async function useSetupToken(token: string, clock: Clock): Promise<void> {
  await inAuth(async (db) => {
    const claimed = await db
      .update(setupTokens)
      .set({ usedAt: clock.now() })
      .where(and(goodToken(token), noBusinessYet))
      .returning({ hash: setupTokens.tokenHash });
    if (claimed.length === 0) throw new DomainError("not_found", "link_expired");
    await db.update(setupTokens).set({ usedAt: clock.now() }).where(isNull(setupTokens.usedAt));
  });
}

const goodToken = (token: string) => and(eq(setupTokens.tokenHash, digest(token)), isNull(setupTokens.usedAt));
const noBusinessYet = sql`not exists (select from ${tenants} where ${tenants.kind} = 'business')`;
