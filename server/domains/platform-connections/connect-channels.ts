import { and, eq, inArray, or } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { conversations } from "#db/schema/conversations.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { beginChannel, connectChannel, joinConnection } from "#server/domains/channels/index.ts";
import type { OAuthAccount } from "#server/providers/contract.ts";
import type { Platform } from "./schemas.ts";

/** A connected account with what a channel of it needs. */
export interface ConnectedAccount {
  connectionId: string;
  platform: Platform;
  simulated: boolean;
  account: OAuthAccount;
  credentials: Record<string, string>;
  /** Made up, for a channel that has no such credentials yet: what only a real app would have told. */
  invented: Record<string, string>;
  expiresAt: Date | null;
}

/**
 * Gives the token of a connection to the channels of its account: to the one that asked for it, and to
 * those that had it before. Where `create` says so and there is none, one is made. Answers their ids.
 */
export async function connectChannelsOf(
  ctx: Ctx,
  connected: ConnectedAccount,
  { channelId = null, create = false }: { channelId?: string | null; create?: boolean } = {},
): Promise<string[]> {
  const mine = await findChannelsOf(ctx, connected);
  const wanted = new Set(mine);
  if (channelId !== null) {
    await refuseOther(ctx, channelId, connected);
    wanted.add(channelId);
  }
  if (wanted.size === 0 && create) wanted.add(await makeChannel(ctx, connected));
  const fresh = await findUnconfigured(ctx, [...wanted]);
  for (const id of wanted) {
    const credentials = { ...(fresh.has(id) ? connected.invented : {}), ...connected.credentials };
    await connectChannel(ctx, { channelId: id, credentials });
    const { connectionId, expiresAt, simulated } = connected;
    await joinConnection(ctx, { channelId: id, connectionId, expiresAt, simulated });
  }
  return [...wanted];
}

async function findUnconfigured(ctx: Ctx, channelIds: string[]): Promise<ReadonlySet<string>> {
  const { id, configured } = channelConfigurations;
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select({ id })
      .from(channelConfigurations)
      .where(and(inArray(id, channelIds), eq(configured, false))),
  );
  return new Set(rows.map((row) => row.id));
}

/** Channels that live of the connection, or that are the same account with credentials copied by hand. */
async function findChannelsOf(
  ctx: Ctx,
  { connectionId, platform, simulated, credentials }: ConnectedAccount,
): Promise<string[]> {
  const { id, provider, accountId, phoneNumberId } = channelConfigurations;
  const { phone_number_id: number, business_account_id: account } = credentials;
  // A business account may have several numbers; the number is what names a channel.
  const sameAccount = number ? eq(phoneNumberId, number) : eq(accountId, account ?? "");
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select({ id })
      .from(channelConfigurations)
      .where(
        and(
          eq(provider, platform),
          eq(channelConfigurations.simulated, simulated),
          or(eq(channelConfigurations.connectionId, connectionId), sameAccount),
        ),
      ),
  );
  return rows.map((row) => row.id);
}

/** A channel that is another account already, and has conversations, would lose their way back. */
async function refuseOther(ctx: Ctx, channelId: string, { platform, simulated, credentials }: ConnectedAccount) {
  const { id } = conversations;
  const [[row], [used]] = await withTenant(ctx, async (tx) => [
    await tx.select().from(channelConfigurations).where(eq(channelConfigurations.id, channelId)),
    await tx.select({ id }).from(conversations).where(eq(conversations.channelId, channelId)).limit(1),
  ]);
  if (!row || row.provider !== platform) throw notFound();
  const named = row.phoneNumberId ?? row.accountId;
  const given = credentials.phone_number_id ?? credentials.business_account_id;
  if (used && (row.simulated !== simulated || named !== given)) {
    throw new DomainError("conflict", "connection_other_account");
  }
}

async function makeChannel(ctx: Ctx, { platform, simulated, account }: ConnectedAccount): Promise<string> {
  const name = (account.title ?? account.name ?? account.id).slice(0, 80);
  const { channelId } = await beginChannel(ctx, { provider: platform, name, simulated });
  return channelId;
}
