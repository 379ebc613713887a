import type { World } from "./testing.ts";

/** A word that stands in everything of the first business. */
export const word = "Amandier";

export const conversationOf = (w: World) => ({ conversationId: w.conversation.conversationId });
export const customerOf = (w: World) => ({ customerId: w.customer.customerId });
export const ticketOf = (w: World) => ({ ticketId: w.ticket.ticketId });
export const channelOf = (w: World) => ({ channelId: w.channel.channelId });
export const colleague = (w: World) => ({ userId: w.members.agent.userId });
