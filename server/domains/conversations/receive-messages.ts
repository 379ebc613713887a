import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { NamedFiles } from "#server/domains/attachments/index.ts";
import { keepMediaRefs } from "#server/domains/attachments/index.ts";
import type { Announced } from "#server/domains/automation/index.ts";
import { announce as announceFacts } from "#server/domains/automation/index.ts";
import { resolveCustomers } from "#server/domains/customers/index.ts";
import type { WrittenMail } from "#server/domains/mail/index.ts";
import { keepMailBodies } from "#server/domains/mail/index.ts";
import { notifyAnswered } from "#server/domains/notifications/index.ts";
import { customerReplied } from "#server/domains/tickets/index.ts";
import type { InboundEvent } from "#server/providers/contract.ts";
import { adoptEchoes } from "./adopt-echoes.ts";
import { keepAppointmentAnswers } from "./appointment-answer-in.ts";
import { askForNames } from "./ask-for-names.ts";
import { forgetConversationCounts } from "./count-conversations.ts";
import { findReceivingChannels } from "./find-receiving-channels.ts";
import { giveArrived } from "./give-arrived.ts";
import { joinParkedEvents } from "./join-parked-events.ts";
import { openTicketsByRule } from "./open-tickets-by-rule.ts";
import { placeMessages } from "./place-messages.ts";
import { reopenConversations } from "./reopen-conversations.ts";
import { replyByRule } from "./reply-by-rule.ts";
import { keepScores } from "./score-in.ts";
import type { WrittenInbound } from "./write-inbound.ts";
import { findWritten, writeInbound } from "./write-inbound.ts";

/** A message that came in, or one that the business sent from elsewhere (`direction: "out"`). */
export interface InboundMessage {
  channelId: string;
  /** The log row it came from. */
  webhookLogId: string | null;
  event: Extract<InboundEvent, { kind: "message" }>;
}

export interface ReceivedMessage {
  /** `duplicate`: we had it already, and nothing was changed. `quiet`: kept, from somebody who is blocked. */
  outcome: "received" | "quiet" | "duplicate";
  messageId: string | null;
  conversationId: string | null;
  customerId: string | null;
  /** The ticket that the channel's rule opened. */
  ticketId: string | null;
}

/**
 * Takes messages in: unknown people become customers, threads are found or opened, resolved and
 * archived ones open again, tickets and automatic replies follow, and statuses that came too early are joined. What
 * blocked people write is kept and causes none of it. One transaction, and as many statements for a thousand messages as for one. Answers in order.
 */
export async function receiveMessages(ctx: Ctx, inbound: readonly InboundMessage[]): Promise<ReceivedMessage[]> {
  if (inbound.length === 0) return [];
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const channels = await findReceivingChannels(
      inner,
      inbound.map((one) => one.channelId),
    );
    const told = inbound.map((one) => {
      const channel = channels.get(one.channelId);
      if (!channel) throw notFound();
      return { ...one, channel };
    });
    const people = await resolveCustomers(
      inner,
      told.map(({ event, channel }, at) => ({
        key: String(at),
        person: event.person,
        channelType: channel.channelType,
        occurredAt: event.occurredAt,
      })),
    );
    const places = await placeMessages(
      inner,
      told.map(({ event, channel }, at) => ({
        ...people.get(String(at))!,
        channelId: channel.id,
        channelType: channel.channelType,
        person: event.person,
        occurredAt: event.occurredAt,
        messageId: event.messageId,
        direction: event.direction,
        thread: event.thread,
      })),
    );
    const placed = told.map((one, at) => ({ ...one, place: places[at]! }));
    await adoptEchoes(inner, placed);
    const written = await writeInbound(inner, placed);
    const repeated = placed.filter((_, at) => !written[at]);
    const before = await findWritten(
      inner,
      repeated.map(({ channelId, event }) => ({ channelId, externalId: event.messageId })),
    );

    const fresh = written.filter((message) => message !== null);
    const heard = fresh.filter((message) => !message.quiet);
    const read = heard.map((message) => ({ ...message, conversationId: message.place.threadId }));
    await keepMailBodies(inner, mailsOf(placed, written));
    await keepMediaRefs(inner, filesOf(placed, written));
    const reopened = await reopenConversations(
      inner,
      read.filter((message) => !message.automatic),
    );
    await askForNames(
      inner,
      placed.filter((_, at) => written[at]),
    );
    await joinParkedEvents(inner, fresh);
    await keepScores(inner, fresh);
    await keepAppointmentAnswers(inner, fresh);
    await tellTickets(inner, read);
    const tickets = await openTicketsByRule(inner, read, reopened, channels);
    // Before it is given to somebody, who then hears of that.
    await notifyAnswered(
      inner,
      read.filter(({ direction, automatic }) => direction === "in" && !automatic).map((one) => one.conversationId),
    );
    await giveArrived(inner, read, reopened, tickets, channels);
    await replyByRule(inner, heard, reopened, channels);
    await announceFacts(inner, factsOf(read, reopened));
    if (fresh.length > 0) tx.afterCommit(() => announce(ctx.tenantId, fresh));

    return placed.map((one, at) => {
      const own = written[at];
      if (own) {
        const { messageId, conversationId, customerId } = own;
        const outcome = own.quiet ? "quiet" : "received";
        return { outcome, messageId, conversationId, customerId, ticketId: tickets.get(messageId) ?? null };
      }
      const known = before.get(`${one.channelId} ${one.event.messageId}`);
      return {
        messageId: null,
        conversationId: null,
        customerId: null,
        ...known,
        outcome: "duplicate",
        ticketId: null,
      };
    });
  });
}

function mailsOf(placed: readonly InboundMessage[], written: readonly (WrittenInbound | null)[]): WrittenMail[] {
  return placed.flatMap(({ event: { mail } }, at) => {
    const own = written[at];
    return own && mail ? [{ messageId: own.messageId, mail }] : [];
  });
}

function filesOf(placed: readonly InboundMessage[], written: readonly (WrittenInbound | null)[]): NamedFiles[] {
  return placed.flatMap(({ channelId, event: { content } }, at) => {
    const own = written[at];
    return own && content.media.length > 0 ? [{ messageId: own.messageId, channelId, media: content.media }] : [];
  });
}

/** What rules may wait for: a thread that opened, anew or again, and what was written in it. */
function factsOf(heard: readonly WrittenInbound[], reopened: ReadonlySet<string>): Announced[] {
  const written = heard.filter(({ direction, automatic }) => direction === "in" && !automatic);
  const opened = new Set(
    written
      .filter(({ place, conversationId }) => place.isNew || reopened.has(conversationId))
      .map(({ conversationId }) => conversationId),
  );
  return [
    ...[...opened].map((conversationId) => ({ event: "conversation_opened" as const, conversationId })),
    ...written.map(({ conversationId, messageId }) => ({
      event: "message_received" as const,
      conversationId,
      messageId,
    })),
  ];
}

/** Tickets of threads that were there before show the customer's latest words and open again. */
async function tellTickets(ctx: Ctx, fresh: readonly WrittenInbound[]): Promise<void> {
  const inbound = fresh.filter((message) => message.direction === "in" && !message.place.isNew && !message.automatic);
  const latestFirst = inbound.toSorted((a, b) => Number(a.occurredAt) - Number(b.occurredAt));
  const previews = new Map(latestFirst.map((message) => [message.conversationId, message.text] as const));
  if (previews.size > 0) await customerReplied(ctx, { conversationIds: [...previews.keys()], previews });
}

function announce(tenantId: string, fresh: readonly WrittenInbound[]): void {
  const conversationIds = [...new Set(fresh.map((message) => message.place.threadId))];
  forgetConversationCounts(tenantId);
  publish(tenantId, "messages", conversationIds);
  publish(tenantId, "conversations", conversationIds);
  publish(tenantId, "customers", [...new Set(fresh.map((message) => message.customerId))]);
}
