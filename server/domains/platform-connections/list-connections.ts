import { asc, eq, isNotNull } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { platformConnections } from "#db/schema/connections.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notesOf, type ConnectionRow } from "./find-connection.ts";
import type { Platform } from "./schemas.ts";

/** A connection as its page shows it: no token, however short. */
export interface ConnectionSummary {
  id: string;
  platform: Platform;
  accountId: string | null;
  accountName: string | null;
  accountTitle: string | null;
  status: ConnectionRow["status"];
  simulated: boolean;
  expiresAt: Date | null;
  refreshedAt: Date | null;
  lastSyncAt: Date | null;
  /** The platform's own words. */
  lastError: string | null;
  createdAt: Date;
  /** Accounts to choose between, where the sign-in opened several. */
  choices: { id: string; name: string | null; title: string | null }[];
  /** Channels whose token comes from it. */
  channels: { id: string; name: string; blocked: boolean }[];
}

/** Every connection of the tenant, oldest first, with the channels that live of it. */
export async function listConnections(ctx: Ctx): Promise<ConnectionSummary[]> {
  return withTenant(ctx, async (tx) => {
    const rows = await tx.select().from(platformConnections).orderBy(asc(platformConnections.id));
    const { id, name, connectionId, sendingBlocked } = channelConfigurations;
    const users = await tx
      .select({ id, name, connectionId, sendingBlocked })
      .from(channelConfigurations)
      .where(isNotNull(connectionId))
      .orderBy(asc(id));
    return rows.map((row) => ({
      ...summaryOf(row),
      channels: users
        .filter((channel) => channel.connectionId === row.id)
        .map((channel) => ({ id: channel.id, name: channel.name, blocked: channel.sendingBlocked !== null })),
    }));
  });
}

/** The connection of one channel; null where its credentials were copied by hand. */
export async function connectionOfChannel(
  ctx: Ctx,
  { channelId }: { channelId: string },
): Promise<Omit<ConnectionSummary, "channels"> | null> {
  const [found] = await withTenant(ctx, (tx) =>
    tx
      .select({ connection: platformConnections })
      .from(channelConfigurations)
      .innerJoin(platformConnections, eq(platformConnections.id, channelConfigurations.connectionId))
      .where(eq(channelConfigurations.id, channelId)),
  );
  return found ? summaryOf(found.connection) : null;
}

function summaryOf(row: ConnectionRow): Omit<ConnectionSummary, "channels"> {
  const { account, choices = [], simulated = false } = notesOf(row);
  return {
    id: row.id,
    platform: row.platform,
    accountId: choices.length > 0 ? null : row.accountId,
    accountName: row.accountName,
    accountTitle: account?.title ?? null,
    status: row.status,
    simulated,
    expiresAt: row.expiresAt,
    refreshedAt: row.refreshedAt,
    lastSyncAt: row.lastSyncAt,
    lastError: row.lastError,
    createdAt: row.createdAt,
    choices: choices.map(({ id, name, title }) => ({ id, name, title })),
  };
}
