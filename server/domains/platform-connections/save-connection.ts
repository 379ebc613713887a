import { and, eq } from "drizzle-orm";
import { platformConnections } from "#db/schema/connections.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { OAuthAccount, OAuthToken } from "#server/providers/contract.ts";
import { connectionChanged } from "./connection-changed.ts";
import { sealFor } from "./connection-seal.ts";
import type { ConnectionNotes } from "./find-connection.ts";
import type { Platform } from "./schemas.ts";

export interface NewConnection {
  platform: Platform;
  token: OAuthToken;
  simulated: boolean;
  /** One: it is the account. Several: somebody has to choose. */
  accounts: readonly OAuthAccount[];
}

/** Keeps what a sign-in opened. An account that was connected before has the same connection again, whole. */
export async function saveConnection(ctx: Ctx, input: NewConnection): Promise<{ connectionId: string }> {
  const { platform, token, simulated, accounts } = input;
  const [account, ...others] = accounts;
  const one = account && others.length === 0 ? account : null;
  return withTenant(ctx, async (tx) => {
    const id = newId();
    const accountId = one?.id ?? `choose:${id}`;
    const [known] = await tx
      .select({ id: platformConnections.id })
      .from(platformConnections)
      .where(and(eq(platformConnections.platform, platform), eq(platformConnections.accountId, accountId)));
    const row = { tenantId: ctx.tenantId, id: known?.id ?? id };
    const notes: ConnectionNotes = { simulated, ...(one ? { account: one } : { choices: [...accounts] }) };
    const now = ctx.clock.now();
    const set = {
      accountName: one?.name ?? null,
      ...sealedToken(row, token, now),
      status: "active" as const,
      refreshedAt: now,
      lastSyncAt: now,
      lastError: null,
      renewingUntil: null,
      connectedBy: memberId(ctx),
      metadata: { ...notes },
      updatedAt: now,
    };
    await tx
      .insert(platformConnections)
      .values({ ...row, platform, accountId, ...set })
      .onConflictDoUpdate({ target: [platformConnections.tenantId, platformConnections.id], set });
    await recordAudit(
      { ...ctx, tx },
      {
        action: known ? "connection.renew" : "connection.create",
        entityType: "connection",
        entityId: row.id,
        data: { platform, account: one?.name ?? null },
      },
    );
    connectionChanged(tx, row.id);
    return { connectionId: row.id };
  });
}

/** The columns of a token, sealed for its connection. */
export function sealedToken(row: { tenantId: string; id: string }, token: OAuthToken, now: Date) {
  const { accessToken, refreshToken, scopes, expiresInSeconds } = token;
  return {
    accessToken: sealFor(row, accessToken),
    refreshToken: refreshToken === null ? null : sealFor(row, refreshToken),
    scopes,
    expiresAt: expiresInSeconds === null ? null : new Date(now.getTime() + expiresInSeconds * 1000),
  };
}
