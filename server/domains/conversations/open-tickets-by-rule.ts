import type { Ctx } from "#server/core/context.ts";
import { openTickets } from "#server/domains/tickets/index.ts";
import type { ReceivingChannel } from "./find-receiving-channels.ts";
import type { WrittenInbound } from "./write-inbound.ts";

/**
 * Opens tickets as the channels' rules say: for a new conversation, or for each that opens, anew or
 * again. Answers the ticket by the id of the message that caused it.
 */
export async function openTicketsByRule(
  ctx: Ctx,
  fresh: readonly WrittenInbound[],
  reopened: ReadonlySet<string>,
  channels: ReadonlyMap<string, ReceivingChannel>,
): Promise<Map<string, string>> {
  const causes = new Map<string, WrittenInbound>();
  for (const message of fresh) {
    const rule = channels.get(message.channelId)?.autoTicketRule ?? "never";
    const opens =
      message.direction === "in" &&
      !message.automatic &&
      rule !== "never" &&
      (message.place.isNew || (rule === "reopened_conversation" && reopened.has(message.conversationId)));
    if (opens && !causes.has(message.conversationId)) causes.set(message.conversationId, message);
  }
  const messages = [...causes.values()];
  const ids = await openTickets(
    ctx,
    messages.map(({ conversationId, customerId, channelId, text }) => ({
      conversationId,
      customerId,
      channelType: channels.get(channelId)!.channelType,
      subject: firstLine(text),
    })),
  );
  return new Map(messages.map((message, at) => [message.messageId, ids[at]!]));
}

/** The customer's first words, short enough for a subject. */
function firstLine(text: string): string {
  const line =
    text
      .split("\n")
      .find((one) => one.trim() !== "")
      ?.trim() ?? text;
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line;
}
