import { withTenant } from "#db/tenant.ts";
import { newId } from "#server/core/ids.ts";
import { logInteraction } from "#server/domains/customers/log-interaction.ts";
import { addConversationNote } from "#server/domains/conversations/add-note.ts";
import { applyMessageEvents } from "#server/domains/conversations/apply-message-events.ts";
import { assignConversation } from "#server/domains/conversations/assign-conversation.ts";
import { assignConversationTeam } from "#server/domains/conversations/assign-team.ts";
import { blockSender, unblockSender } from "#server/domains/conversations/block-sender.ts";
import {
  archiveConversation,
  markSpam,
  reopenConversation,
  resolveConversation,
} from "#server/domains/conversations/change-conversation-status.ts";
import { labelConversation } from "#server/domains/conversations/label-conversation.ts";
import { markConversationRead } from "#server/domains/conversations/mark-read.ts";
import type { InboundMessage } from "#server/domains/conversations/receive-messages.ts";
import { receiveMessages } from "#server/domains/conversations/receive-messages.ts";
import { mergeConversations } from "#server/domains/conversations/merge-conversations.ts";
import { recordAccepted } from "#server/domains/conversations/record-accepted.ts";
import { recordRefused, recordUnknown } from "#server/domains/conversations/record-not-sent.ts";
import { replyToConversation } from "#server/domains/conversations/reply-to-conversation.ts";
import { retryMessage } from "#server/domains/conversations/retry-message.ts";
import { scheduleReply } from "#server/domains/conversations/schedule-reply.ts";
import { sendScheduled } from "#server/domains/conversations/send-scheduled.ts";
import { snoozeConversation } from "#server/domains/conversations/snooze-conversation.ts";
import { sendReplyNow, takeBackReply } from "#server/domains/conversations/take-back-reply.ts";
import { undoConversationChange } from "#server/domains/conversations/undo-change.ts";
import { unmergeConversations } from "#server/domains/conversations/unmerge-conversations.ts";
import { wakeConversations } from "#server/domains/conversations/wake-conversations.ts";
import type { Business } from "./testing-business.ts";
import { nth } from "./testing-business.ts";
import type { Command, Pick } from "./testing-commands.ts";

const people = ["+33639981001", "+33639981002"];
const quarter = 15 * 60_000;

/** Somebody's words on a line, said now or a while ago: order never matters. */
function words(business: Business, { a, b, flag }: Pick, direction: "in" | "out" = "in"): InboundMessage {
  const line = business.lines[b % 2]!;
  const said = line.message(`said ${(business.serial += 1)}`, { phone: people[a % people.length]!, direction });
  const ago = flag ? 0 : (1 + b) * quarter;
  said.event.occurredAt = new Date(business.clock.now().getTime() - ago);
  business.told.messages.push(said);
  return said;
}

/** Lets a command be about the conversation that is picked. */
const about =
  (
    does: (business: Business, conversationId: string, pick: Pick, ctx: Parameters<Command>[2]) => Promise<unknown>,
  ): Command =>
  async (business, pick, ctx) => {
    const conversation = await nth(business, "conversations", pick.a);
    if (conversation) await does(business, conversation.id, pick, ctx);
  };

/** Changes of where a conversation stands can be taken back by their event. */
const undoable = (
  change: (ctx: Parameters<Command>[2], conversationId: string) => Promise<{ eventId: string | null }>,
) =>
  about(async ({ changes }, conversationId, _pick, ctx) => {
    const { eventId } = await change(ctx, conversationId);
    if (eventId) changes.push({ conversationId, eventId });
  });

const isFor = <T>(list: readonly T[], place: number): T | undefined => list[place % Math.max(1, list.length)];

/** What customers, providers and members do in conversations. */
export const talking: Record<string, Command> = {
  write: (business, pick) => receiveMessages(business.edge, [words(business, pick)]),
  // In the conversation of a ticket: what it hears is what most follows from.
  writeAbout: async (business, pick) => {
    const [talk] = await withTenant(business.tenant, (tx) =>
      tx.raw.unsafe<{ phone: string; channelId: string }[]>(
        `select c.address_value as phone, c.channel_id as "channelId" from tickets t
           join conversations c on c.tenant_id = t.tenant_id and c.id = t.conversation_id order by t.id offset $1 limit 1`,
        [pick.a % 4],
      ),
    );
    if (!talk) return;
    const b = business.channels.findIndex(({ channelId }) => channelId === talk.channelId);
    await receiveMessages(business.edge, [words(business, { a: people.indexOf(talk.phone), b, flag: true })]);
  },
  crowd: (business, { a, b, flag }) => {
    const batch = [0, 1, 2, 3].map((more) => words(business, { a: a + more, b: b + (more % 2), flag: more % 2 === 0 }));
    return receiveMessages(business.edge, flag ? [...batch, batch[0]!] : batch);
  },
  again: async ({ edge, told: { messages, events } }, { a, b }) => {
    const [message, event] = [isFor(messages, a), isFor(events, b)];
    if (message) await receiveMessages(edge, [message]);
    if (event) await applyMessageEvents(edge, [event]);
  },
  echo: (business, pick) => receiveMessages(business.edge, [words(business, pick, "out")]),
  reply: about(async ({ waiting }, conversationId, _pick, ctx) => {
    const { messageId } = await replyToConversation(ctx, { conversationId, text: "Oui.", idempotencyKey: newId() });
    waiting.push(messageId);
  }),
  accept: async ({ edge, waiting, accepted }, { a }) => {
    const [messageId] = waiting.splice(a % Math.max(1, waiting.length), 1);
    if (!messageId) return;
    const externalId = `out ${accepted.length}`;
    accepted.push(externalId);
    await recordAccepted(edge, { messageId, externalId });
  },
  refuse: async ({ edge, waiting }, { a, flag }) => {
    const messageId = isFor(waiting, a);
    if (messageId)
      await recordRefused(edge, messageId, { class: flag ? "permanent" : "window", code: "1", text: "Non" });
  },
  lose: async ({ edge, waiting }, { a }) => {
    const messageId = isFor(waiting, a);
    if (messageId) await recordUnknown(edge, messageId, "connection lost");
  },
  retry: async ({ waiting }, { a }, ctx) => {
    const messageId = isFor(waiting, a);
    if (messageId) waiting.push((await retryMessage(ctx, { messageId })).messageId);
  },
  // Of replies that were accepted, or of ones that nobody knows the name of yet.
  status: async ({ edge, channels, lines, accepted, told, serial }, { a, b }) => {
    const status = (["sent", "delivered", "read", "failed"] as const)[b % 4]!;
    const name = `out ${a % (accepted.length + 2)}`;
    const events = channels.map((_, line) => lines[line]!.status(name, status, { seconds: serial }));
    told.events.push(...events);
    await applyMessageEvents(edge, events);
  },
  revoke: async ({ edge, lines, told }, { a }) => {
    const message = isFor(told.messages, a);
    if (!message) return;
    const event = lines[0]!.revoke(`revoke ${a}`, message.event.messageId, a);
    told.events.push(event);
    await applyMessageEvents(edge, [event]);
  },
  hold: about(async ({ held }, conversationId, { flag }, ctx) => {
    const reply = { conversationId, text: "Plus tard.", idempotencyKey: newId(), unlessAnswered: flag };
    held.push((await scheduleReply(ctx, flag ? { ...reply, sendAt: "2026-03-29T10:15" } : reply)).messageId);
  }),
  takeBack: async ({ held }, { a }, ctx) => {
    const scheduledId = isFor(held, a);
    if (scheduledId) await takeBackReply(ctx, { scheduledId });
  },
  sendNow: async ({ held }, { a }, ctx) => {
    const scheduledId = isFor(held, a);
    if (scheduledId) await sendReplyNow(ctx, { scheduledId });
  },
  sendDue: about(({ edge }, conversationId) => sendScheduled(edge, { conversationId })),
  read: about((_business, conversationId, _pick, ctx) => markConversationRead(ctx, { conversationId })),
  snooze: undoable((ctx, conversationId) => snoozeConversation(ctx, { conversationId, until: "three_hours" })),
  wake: about(({ edge }, conversationId) => wakeConversations(edge, [conversationId])),
  resolve: undoable((ctx, conversationId) => resolveConversation(ctx, { conversationId })),
  reopen: undoable((ctx, conversationId) => reopenConversation(ctx, { conversationId })),
  archive: undoable((ctx, conversationId) => archiveConversation(ctx, { conversationId })),
  spam: undoable((ctx, conversationId) => markSpam(ctx, { conversationId })),
  undo: async ({ changes }, { a }, ctx) => {
    const change = isFor(changes, a);
    if (change) await undoConversationChange(ctx, change);
  },
  block: about((_business, conversationId, { flag }, ctx) =>
    (flag ? blockSender : unblockSender)(ctx, { conversationId }),
  ),
  label: about(({ labelId }, conversationId, { flag }, ctx) =>
    labelConversation(ctx, { conversationId, labelId, on: flag }),
  ),
  note: about((_business, conversationId, _pick, ctx) =>
    addConversationNote(ctx, { conversationId, text: "À suivre" }),
  ),
  give: about(({ members }, conversationId, { b, flag }, ctx) =>
    assignConversation(ctx, { conversationId, assigneeId: flag ? members[b % 2]!.userId : null }),
  ),
  giveTeam: about(({ teams }, conversationId, { b }, ctx) =>
    assignConversationTeam(ctx, { conversationId, teamId: teams[b % teams.length]! }),
  ),
  mergeTalks: about(async ({ tenant }, conversationId, _pick, ctx) => {
    const [other] = await withTenant(tenant, (tx) =>
      tx.raw.unsafe<{ id: string }[]>(
        `select c.id from conversations c join conversations one using (tenant_id, customer_id)
          where one.id = $1 and c.id <> one.id order by c.id`,
        [conversationId],
      ),
    );
    if (other) await mergeConversations(ctx, { conversationId, intoId: other.id });
  }),
  partTalks: about((_business, conversationId, _pick, ctx) => unmergeConversations(ctx, { conversationId })),
  order: async (business, { a, b }, ctx) => {
    const customerId = await customerOf(business, a);
    if (customerId)
      await logInteraction(ctx, {
        customerId,
        type: b % 2 ? "order" : "visit",
        ...(b % 2 ? { amountCents: b * 100 } : {}),
      });
  },
};

async function customerOf({ tenant }: Business, place: number): Promise<string | null> {
  const ids = await withTenant(tenant, (tx) => tx.raw.unsafe<{ id: string }[]>("select id from customers order by id"));
  return isFor(ids, place)?.id ?? null;
}
