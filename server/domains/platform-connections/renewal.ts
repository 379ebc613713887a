import { and, eq, isNull, lt, or } from "drizzle-orm";
import { platformConnections } from "#db/schema/connections.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { channelsLoseToken, channelsTakeToken } from "#server/domains/channels/index.ts";
import type { OAuthToken } from "#server/providers/contract.ts";
import { connectionChanged } from "./connection-changed.ts";
import type { ConnectionRow } from "./find-connection.ts";
import { sealedToken } from "./save-connection.ts";

/** Longer than any answer of a platform is waited for. */
const leaseMs = 2 * 60_000;

/**
 * Takes a connection for renewing or asking, alone: of two workers one gets it. Held until what became
 * of it is written, or for two minutes where its worker died. Null: somebody has it, or it is over.
 */
export async function takeConnection(ctx: Ctx, connectionId: string): Promise<ConnectionRow | null> {
  const now = ctx.clock.now();
  const { id, status, renewingUntil } = platformConnections;
  const [row] = await withTenant(ctx, (tx) =>
    tx
      .update(platformConnections)
      .set({ renewingUntil: new Date(now.getTime() + leaseMs) })
      .where(and(eq(id, connectionId), eq(status, "active"), or(isNull(renewingUntil), lt(renewingUntil, now))))
      .returning(),
  );
  return row ?? null;
}

/** A fresh token: sealed, and handed to every channel that lives of the connection, in one commit. */
export async function recordRenewed(ctx: Ctx, connectionId: string, token: OAuthToken): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const sealed = sealedToken({ tenantId: ctx.tenantId, id: connectionId }, token, now);
    const [row] = await tx
      .update(platformConnections)
      .set({
        ...sealed,
        refreshedAt: now,
        lastSyncAt: now,
        lastError: null,
        renewingUntil: null,
        updatedAt: now,
      })
      .where(and(eq(platformConnections.id, connectionId), eq(platformConnections.status, "active")))
      .returning({ id: platformConnections.id });
    // Disconnected meanwhile: what came back is dropped.
    if (!row) return;
    const { accessToken } = token;
    await channelsTakeToken({ ...ctx, tx }, { connectionId, accessToken, expiresAt: sealed.expiresAt });
    connectionChanged(tx, connectionId);
  });
}

/** The platform was asked and still knows the connection. */
export async function recordSeen(ctx: Ctx, connectionId: string, accountName: string | null): Promise<void> {
  const now = ctx.clock.now();
  await withTenant(ctx, async (tx) => {
    await tx
      .update(platformConnections)
      .set({
        ...(accountName ? { accountName } : {}),
        lastSyncAt: now,
        lastError: null,
        renewingUntil: null,
        updatedAt: now,
      })
      .where(eq(platformConnections.id, connectionId));
    connectionChanged(tx, connectionId);
  });
}

/** It did not work this time, which says nothing yet: tried again later. */
export async function recordAskedInVain(ctx: Ctx, connectionId: string, words: string): Promise<void> {
  await withTenant(ctx, (tx) =>
    tx
      .update(platformConnections)
      .set({ lastError: words.slice(0, 500), renewingUntil: null, updatedAt: ctx.clock.now() })
      .where(eq(platformConnections.id, connectionId)),
  );
}

/** The token is over (`expired`) or was taken back (`revoked`): its channels stop sending and say what to do. */
export async function recordLost(
  ctx: Ctx,
  connectionId: string,
  { status, words }: { status: "expired" | "revoked"; words: string },
): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [row] = await tx
      .update(platformConnections)
      .set({ status, lastError: words.slice(0, 500), renewingUntil: null, updatedAt: ctx.clock.now() })
      .where(and(eq(platformConnections.id, connectionId), eq(platformConnections.status, "active")))
      .returning({ id: platformConnections.id });
    if (!row) return;
    await channelsLoseToken({ ...ctx, tx }, { connectionId, words });
    connectionChanged(tx, connectionId);
  });
}
