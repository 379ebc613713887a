import { createHash } from "node:crypto";
import { and, eq, gt, isNull, lt } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { connectionAttempts } from "#db/schema/connections.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { digest } from "#server/core/crypto.ts";
import { DomainError, forbidden, notFound } from "#server/core/errors.ts";
import { newId, newToken } from "#server/core/ids.ts";
import { openFor, sealFor } from "./connection-seal.ts";
import type { BeginSignInInput, Platform } from "./schemas.ts";

const goodFor = 10 * 60_000;

/** What the address of the platform's page carries. */
export interface SignInRequest {
  state: string;
  codeChallenge: string;
}

/**
 * Begins a sign-in at a platform: the state is kept as its hash, the PKCE verifier sealed, both for ten
 * minutes, one use and this member alone. `prefix` leads the browser back to the right tenant.
 */
export async function beginAttempt(
  ctx: Ctx,
  prefix: string,
  { platform, channelId = null }: BeginSignInInput,
): Promise<SignInRequest> {
  const userId = memberId(ctx);
  if (!userId) throw forbidden();
  const state = `${prefix}.${newToken()}`;
  const verifier = newToken(48);
  const attempt = { tenantId: ctx.tenantId, id: newId() };
  const now = ctx.clock.now();
  await withTenant(ctx, async (tx) => {
    if (channelId) await refuseUnknown(tx, channelId);
    await tx
      .delete(connectionAttempts)
      .where(lt(connectionAttempts.expiresAt, new Date(now.getTime() - 24 * 3_600_000)));
    await tx.insert(connectionAttempts).values({
      ...attempt,
      platform,
      stateHash: digest(state),
      verifier: sealFor(attempt, verifier),
      userId,
      channelId,
      expiresAt: new Date(now.getTime() + goodFor),
    });
  });
  return { state, codeChallenge: createHash("sha256").update(verifier).digest("base64url") };
}

async function refuseUnknown(tx: TenantTx, channelId: string): Promise<void> {
  const { id } = channelConfigurations;
  const [known] = await tx.select({ id }).from(channelConfigurations).where(eq(id, channelId));
  if (!known) throw notFound();
}

/**
 * Takes the sign-in of a state, once. Refused with `sign_in_unknown` (also for another member's),
 * `sign_in_used` or `sign_in_expired`.
 */
export async function takeAttempt(
  ctx: Ctx,
  platform: Platform,
  state: string,
): Promise<{ verifier: string; channelId: string | null }> {
  const { stateHash, usedAt, expiresAt, userId } = connectionAttempts;
  const now = ctx.clock.now();
  const mine = and(
    eq(stateHash, digest(state)),
    eq(userId, memberId(ctx) ?? "00000000-0000-0000-0000-000000000000"),
    eq(connectionAttempts.platform, platform),
  );
  return withTenant(ctx, async (tx) => {
    const [taken] = await tx
      .update(connectionAttempts)
      .set({ usedAt: now })
      .where(and(mine, isNull(usedAt), gt(expiresAt, now)))
      .returning();
    if (taken) return { verifier: openFor(taken, taken.verifier), channelId: taken.channelId };
    const [known] = await tx.select().from(connectionAttempts).where(mine);
    if (!known) throw new DomainError("not_found", "sign_in_unknown");
    throw new DomainError("conflict", known.usedAt ? "sign_in_used" : "sign_in_expired");
  });
}
