import { and, eq, inArray, isNull, lt, or } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { openAlert } from "#server/domains/alerts/index.ts";
import { channelChanged } from "./channel-changed.ts";
import { openCredentials, sealFor } from "./channel-seal.ts";
import { tokenIsFresh } from "./channel-tokens.ts";
import type { ChannelRow } from "./find-channel.ts";

const day = 86_400_000;
/** An admin hears of a token's end this long before; renewing it is tried for a week before that. */
export const warnAheadMs = 7 * day;
const criticalMs = 2 * day;

/**
 * Takes a channel whose token was copied by hand for looking after: of two workers one gets it, and
 * nobody else until `until`. Null: somebody has it, or its token comes from a connection.
 */
export async function takeToken(ctx: Ctx, channelId: string, until: Date): Promise<ChannelRow | null> {
  const { id, connectionId, tokenDueAt } = channelConfigurations;
  const isDue = or(isNull(tokenDueAt), lt(tokenDueAt, ctx.clock.now()));
  const [row] = await withTenant(ctx, (tx) =>
    tx
      .update(channelConfigurations)
      .set({ tokenDueAt: until })
      .where(and(eq(id, channelId), isNull(connectionId), isDue))
      .returning(),
  );
  return row ?? null;
}

/** Says when the token is looked after again. */
export async function putOffToken(ctx: Ctx, channelId: string, until: Date): Promise<void> {
  await withTenant(ctx, (tx) =>
    tx.update(channelConfigurations).set({ tokenDueAt: until }).where(eq(channelConfigurations.id, channelId)),
  );
}

export interface RenewedToken {
  channelId: string;
  /** The token that was changed: another one in its place by now was entered meanwhile, and stays. */
  before: string;
  credentials: Record<string, string>;
  expiresAt: Date | null;
  dueAt: Date;
}

/** Keeps a fresh token in the place of the one that it was given for. */
export async function keepToken(ctx: Ctx, { channelId, before, ...fresh }: RenewedToken): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const { id } = channelConfigurations;
    const [row] = await tx.select().from(channelConfigurations).where(eq(id, channelId)).for("update");
    if (!row || row.connectionId || openCredentials(row).access_token !== before) return;
    await tx
      .update(channelConfigurations)
      .set({
        configEncrypted: sealFor(row, JSON.stringify(fresh.credentials)),
        tokenExpiresAt: fresh.expiresAt,
        tokenDueAt: fresh.dueAt,
        updatedAt: ctx.clock.now(),
      })
      .where(eq(id, channelId));
    await tokenIsFresh({ ...ctx, tx }, [channelId]);
    channelChanged(tx, row);
  });
}

/** Tells admins of tokens of these channels that end soon, or have: renewing them did not succeed. */
export async function warnOfTokens(ctx: Ctx, channelIds: readonly string[]): Promise<void> {
  const now = ctx.clock.now().getTime();
  const { id, tokenExpiresAt } = channelConfigurations;
  await withTenant(ctx, async (tx) => {
    const ending = await tx
      .select({ channelId: id, expiresAt: tokenExpiresAt })
      .from(channelConfigurations)
      .where(and(inArray(id, [...channelIds]), lt(tokenExpiresAt, new Date(now + warnAheadMs))));
    for (const { channelId, expiresAt } of ending) {
      if (!expiresAt) continue;
      const severity = expiresAt.getTime() - now < criticalMs ? "critical" : "warning";
      const data = { expiresAt: expiresAt.toISOString() };
      await openAlert({ ...ctx, tx }, { kind: "token_expiring", channelId, severity, data });
    }
  });
}
