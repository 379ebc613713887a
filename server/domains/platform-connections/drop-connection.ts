import { eq } from "drizzle-orm";
import { platformConnections } from "#db/schema/connections.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { channelsLoseToken } from "#server/domains/channels/index.ts";
import { connectionChanged } from "./connection-changed.ts";
import { findConnection, notesOf, openToken } from "./find-connection.ts";
import type { OAuthToken } from "#server/providers/contract.ts";
import type { Platform } from "./schemas.ts";

/** What is left to give back at the platform, once nothing of it is kept here. */
export interface DroppedConnection {
  platform: Platform;
  simulated: boolean;
  token: OAuthToken | null;
}

/**
 * Forgets the tokens of a connection: nothing is sent through its channels any more, and what a platform
 * still posts is received. The row stays, so that it can be connected again; one that never was chosen goes.
 */
export async function dropConnection(ctx: Ctx, connectionId: string): Promise<DroppedConnection> {
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const row = await findConnection(inner, connectionId);
    const token = openToken(row);
    if (notesOf(row).choices) {
      await tx.delete(platformConnections).where(eq(platformConnections.id, connectionId));
    } else {
      await tx
        .update(platformConnections)
        .set({
          accessToken: null,
          refreshToken: null,
          expiresAt: null,
          status: "revoked",
          lastError: null,
          renewingUntil: null,
          updatedAt: ctx.clock.now(),
        })
        .where(eq(platformConnections.id, connectionId));
      await channelsLoseToken(inner, { connectionId, words: "" });
    }
    await recordAudit(inner, {
      action: "connection.disconnect",
      entityType: "connection",
      entityId: connectionId,
      data: { platform: row.platform, account: row.accountName },
    });
    connectionChanged(tx, connectionId);
    return { platform: row.platform, simulated: notesOf(row).simulated ?? false, token };
  });
}
