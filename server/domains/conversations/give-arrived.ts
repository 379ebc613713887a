import type { Ctx } from "#server/core/context.ts";
import { giveWork } from "#server/domains/assignment/index.ts";
import type { ReceivingChannel } from "./find-receiving-channels.ts";
import type { WrittenInbound } from "./write-inbound.ts";

/** Whether new conversations of a channel are anybody's from the beginning. */
export function givesWork({ defaultTeamId, assignment }: ReceivingChannel): boolean {
  return defaultTeamId !== null || assignment === "member";
}

/**
 * Gives conversations that a batch opened, and those that were resolved and came back, to whom their channels and
 * teams say, with the tickets that rules opened for them. Four statements, and none where nothing is to be given.
 */
export async function giveArrived(
  ctx: Ctx,
  fresh: readonly WrittenInbound[],
  reopened: ReadonlySet<string>,
  tickets: ReadonlyMap<string, string>,
  channels: ReadonlyMap<string, ReceivingChannel>,
): Promise<void> {
  const arrived = fresh.filter((message) => {
    if (message.direction !== "in" || message.automatic) return false;
    const channel = channels.get(message.channelId);
    return reopened.has(message.conversationId) || (message.place.isNew && channel !== undefined && givesWork(channel));
  });
  const conversationIds = new Set(arrived.map((message) => message.conversationId));
  const ticketIds = fresh.flatMap((message) =>
    conversationIds.has(message.conversationId) ? (tickets.get(message.messageId) ?? []) : [],
  );
  await giveWork(ctx, { conversationIds: [...conversationIds], ticketIds });
}
