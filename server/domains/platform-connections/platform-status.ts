import { z } from "zod";
import { connectionStatuses } from "#db/schema/connections.ts";
import type { Ctx } from "#server/core/context.ts";
import { platformChoices } from "./jobs.ts";
import { listConnections } from "./list-connections.ts";
import { platforms } from "./schemas.ts";

/** What `/api/platforms/status` answers: the REST API's document is made from it. No token, however short. */
export const platformStatuses = z.array(
  z.object({
    platform: z.enum(platforms),
    connected: z.boolean(),
    /** `app`: by signing in; `simulated`: through the stand-in; `off`: credentials are copied by hand. */
    signIn: z.enum(["app", "simulated", "off"]),
    accounts: z.array(
      z.object({
        connectionId: z.uuid(),
        /** Its handle or number; null while somebody has to choose. */
        name: z.string().nullable(),
        status: z.enum(connectionStatuses),
        simulated: z.boolean(),
        expiresAt: z.date().nullable(),
        /** When the platform last confirmed that it holds. */
        lastSyncAt: z.date().nullable(),
        lastError: z.string().nullable(),
        channelIds: z.array(z.uuid()),
      }),
    ),
  }),
);
export type PlatformStatus = z.infer<typeof platformStatuses>[number];

/** Every platform that can be connected, and how each connected account of it is doing. */
export async function platformStatus(ctx: Ctx): Promise<PlatformStatus[]> {
  const connections = await listConnections(ctx);
  return platformChoices().map(({ platform, how }) => {
    const accounts = connections
      .filter((connection) => connection.platform === platform)
      .map(({ id, accountName, status, simulated, expiresAt, lastSyncAt, lastError, channels }) => ({
        connectionId: id,
        name: accountName,
        status,
        simulated,
        expiresAt,
        lastSyncAt,
        lastError,
        channelIds: channels.map((channel) => channel.id),
      }));
    return { platform, connected: accounts.some(({ status }) => status === "active"), signIn: how, accounts };
  });
}
