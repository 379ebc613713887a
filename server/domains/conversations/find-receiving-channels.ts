import { inArray } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

export type ReceivingChannel = Pick<
  typeof channelConfigurations.$inferSelect,
  | "id"
  | "channelType"
  | "provider"
  | "autoTicketRule"
  | "autoReply"
  | "awayMessage"
  | "businessHours"
  | "defaultTeamId"
  | "assignment"
>;

/** What receiving needs to know of the channels that messages came in on. */
export async function findReceivingChannels(ctx: Ctx, ids: readonly string[]): Promise<Map<string, ReceivingChannel>> {
  const {
    id,
    channelType,
    provider,
    autoTicketRule,
    autoReply,
    awayMessage,
    businessHours,
    defaultTeamId,
    assignment,
  } = channelConfigurations;
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select({
        id,
        channelType,
        provider,
        autoTicketRule,
        autoReply,
        awayMessage,
        businessHours,
        defaultTeamId,
        assignment,
      })
      .from(channelConfigurations)
      .where(inArray(id, [...new Set(ids)])),
  );
  return new Map(rows.map((row) => [row.id, row]));
}
