import { eq } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { resolveAlerts } from "#server/domains/alerts/index.ts";
import { allowSending, blockSending } from "./block-sending.ts";
import { channelChanged } from "./channel-changed.ts";
import { openCredentials, sealFor } from "./channel-seal.ts";

export interface JoinConnectionInput {
  channelId: string;
  connectionId: string;
  /** When its token ends; null: it does not. */
  expiresAt: Date | null;
  /** The account is the stand-in's. */
  simulated: boolean;
}

/** From here on the channel's token comes from a connection and ends when that does. */
export async function joinConnection(
  ctx: Ctx,
  { channelId, connectionId, expiresAt, simulated }: JoinConnectionInput,
): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [row] = await tx
      .update(channelConfigurations)
      .set({ connectionId, tokenExpiresAt: expiresAt, simulated })
      .where(eq(channelConfigurations.id, channelId))
      .returning();
    if (!row) return;
    await tokenIsFresh({ ...ctx, tx }, [channelId]);
    channelChanged(tx, row);
  });
}

/** Whatever was said of these channels' tokens ending is over. */
export async function tokenIsFresh(ctx: Ctx, channelIds: readonly string[]): Promise<void> {
  await resolveAlerts(ctx, { kinds: ["token_expiring"], channelIds });
}

/** A renewed token for every channel of a connection. One that was blocked may send again. */
export async function channelsTakeToken(
  ctx: Ctx,
  { connectionId, accessToken, expiresAt }: { connectionId: string; accessToken: string; expiresAt: Date | null },
): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const rows = await tx
      .select()
      .from(channelConfigurations)
      .where(eq(channelConfigurations.connectionId, connectionId))
      .for("update");
    for (const row of rows) {
      const credentials = { ...openCredentials(row), access_token: accessToken };
      await tx
        .update(channelConfigurations)
        .set({
          configEncrypted: sealFor(row, JSON.stringify(credentials)),
          tokenExpiresAt: expiresAt,
          updatedAt: ctx.clock.now(),
        })
        .where(eq(channelConfigurations.id, row.id));
      await allowSending({ ...ctx, tx }, { channelId: row.id });
      channelChanged(tx, row);
    }
    await tokenIsFresh(
      { ...ctx, tx },
      rows.map(({ id }) => id),
    );
  });
}

/** The connection is over: its channels send nothing until it is made again; what comes in still does. */
export async function channelsLoseToken(
  ctx: Ctx,
  { connectionId, words }: { connectionId: string; words: string },
): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const rows = await tx
      .update(channelConfigurations)
      .set({ tokenExpiresAt: null })
      .where(eq(channelConfigurations.connectionId, connectionId))
      .returning({ id: channelConfigurations.id });
    await tokenIsFresh(
      { ...ctx, tx },
      rows.map(({ id }) => id),
    );
    for (const { id: channelId } of rows) {
      await blockSending({ ...ctx, tx }, { channelId, reason: "connection_lost", detail: words });
    }
  });
}
