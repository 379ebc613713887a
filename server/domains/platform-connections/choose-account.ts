import { and, eq, ne } from "drizzle-orm";
import { platformConnections } from "#db/schema/connections.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { connectionChanged } from "./connection-changed.ts";
import { sealFor } from "./connection-seal.ts";
import { findConnection, notesOf, openToken } from "./find-connection.ts";
import type { ChooseAccountInput } from "./schemas.ts";

/**
 * Says which of the accounts that a sign-in opened is meant. One that is connected already takes the
 * fresh token over, and the row that waited for the choice goes.
 */
export async function chooseAccount(
  ctx: Ctx,
  { connectionId, accountId }: ChooseAccountInput,
): Promise<{ connectionId: string }> {
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const row = await findConnection(inner, connectionId);
    const account = notesOf(row).choices?.find(({ id }) => id === accountId);
    const token = openToken(row);
    if (!account) throw notFound();
    if (!token) throw new DomainError("conflict", "connection_lost");
    const isIt = and(eq(platformConnections.platform, row.platform), eq(platformConnections.accountId, accountId));
    const [before] = await tx
      .select({ id: platformConnections.id })
      .from(platformConnections)
      .where(and(isIt, ne(platformConnections.id, connectionId)));
    const kept = { tenantId: row.tenantId, id: before?.id ?? connectionId };
    if (before) await tx.delete(platformConnections).where(eq(platformConnections.id, connectionId));
    const now = ctx.clock.now();
    await tx
      .update(platformConnections)
      .set({
        accountId,
        accountName: account.name,
        accessToken: sealFor(kept, token.accessToken),
        refreshToken: token.refreshToken === null ? null : sealFor(kept, token.refreshToken),
        scopes: row.scopes,
        expiresAt: row.expiresAt,
        status: "active",
        lastError: null,
        metadata: { simulated: notesOf(row).simulated ?? false, account },
        updatedAt: now,
      })
      .where(eq(platformConnections.id, kept.id));
    await recordAudit(inner, {
      action: "connection.choose",
      entityType: "connection",
      entityId: kept.id,
      data: { account: account.name },
    });
    connectionChanged(tx, kept.id);
    return { connectionId: kept.id };
  });
}
