import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { outboundFiles } from "#server/domains/attachments/index.ts";
import { outboundCalendar } from "#server/domains/calendar-feeds/index.ts";
import { contextFor } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { channelAccess, releaseQueue } from "#server/domains/channels/index.ts";
import type { Run } from "#server/jobs/define-job.ts";
import { defineJob, definePeriodic } from "#server/jobs/define-job.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import type { OutboundFile, OutboundMessage, RefusalClass, SendOutcome } from "#server/providers/contract.ts";
import { providerNamed } from "#server/providers/registry.ts";
import { recordName } from "./ask-for-names.ts";
import type { BegunMessage, Beginning } from "./begin-sending.ts";
import { beginSending } from "./begin-sending.ts";
import { profileQueue, reactionQueue, readQueue, scheduledQueue, sendQueue } from "./queues.ts";
import { findUnknownMessages, takeUnknownMessage } from "./reconcile-messages.ts";
import { releaseMessages } from "./release-messages.ts";
import { recordAccepted } from "./record-accepted.ts";
import { recordRefused, recordUnknown } from "./record-not-sent.ts";
import { beginReaction, recordReaction } from "./send-reaction.ts";
import { sendScheduled } from "./send-scheduled.ts";
import { sweepMessages } from "./sweep-messages.ts";
import { sweepScheduled } from "./sweep-scheduled.ts";
import { findReadMessage } from "./tell-read.ts";
import { wakeDueConversations } from "./wake-conversations.ts";

/** Waits this short are waited for here; longer ones give the worker to another message. */
const shortWaitMs = 2_500;

/** Hands one pending message to its provider and writes what became of it. No transaction is open meanwhile. */
export const sendMessageJob = defineJob({
  queue: sendQueue,
  concurrency: 8,
  pollSeconds: 2,
  handler: ({ tenantId, messageId }, run) => sendMessage(jobContext(tenantId, run.clock), messageId, run),
});

/** Messages that lost their job (a restored backup, an interrupted queue) get a new one. */
export const sweepMessagesJob = definePeriodic({
  name: "sweep pending messages",
  everyMs: 60_000,
  run: ({ clock }) => sweepMessages(clock, (tenantId) => jobContext(tenantId, clock)),
});

/** Replies whose time has come go into the outbox. */
export const sendScheduledJob = defineJob({
  queue: scheduledQueue,
  pollSeconds: 1,
  handler: ({ tenantId, conversationId }, { clock }) => sendScheduled(jobContext(tenantId, clock), { conversationId }),
});

/** Replies whose time has passed and whose job was lost leave all the same. */
export const sweepScheduledJob = definePeriodic({
  name: "sweep scheduled replies",
  everyMs: 30_000,
  run: ({ clock }) => sweepScheduled(clock, (tenantId) => jobContext(tenantId, clock)),
});

/** A channel that was blocked may send again. */
export const releaseMessagesJob = defineJob({
  queue: releaseQueue,
  handler: ({ tenantId, channelId }, { clock }) => releaseMessages(jobContext(tenantId, clock), channelId),
});

/** Hands one reaction of ours to its provider. */
export const sendReactionJob = defineJob({
  queue: reactionQueue,
  handler: ({ tenantId, eventId }, { clock }) => sendReaction(jobContext(tenantId, clock), eventId),
});

/** Tells a customer that their message was read, where the provider passes such things on. Tried once. */
export const tellReadJob = defineJob({
  queue: readQueue,
  handler: async ({ tenantId, messageId }, { clock }) => {
    const ctx = jobContext(tenantId, clock);
    const message = await findReadMessage(ctx, messageId);
    const access = message && (await channelAccess(ctx, message.channelId).catch(() => null));
    if (!message || !access) return;
    const { id, to } = message;
    await providerNamed(access.provider)?.markRead?.(access, { id, to: to as OutboundMessage["to"] });
  },
});

/** Asks a provider what somebody who wrote is called. One that does not answer is asked again. */
export const fetchProfileJob = defineJob({
  queue: profileQueue,
  handler: async ({ tenantId, channelId, customerId, kind, value }, { clock }) => {
    const ctx = jobContext(tenantId, clock);
    const access = await channelAccess(ctx, channelId).catch(() => null);
    const person = { kind, value } as OutboundMessage["to"];
    const profile = access && (await providerNamed(access.provider)?.fetchProfile?.(access, person));
    if (!profile) return;
    if (profile.outcome === "ok" && profile.value.name) {
      await recordName(ctx, { customerId, name: profile.value.name });
    } else if (profile.outcome === "unknown" || (profile.outcome === "refused" && profile.class === "retry")) {
      throw new Error(profile.text);
    }
  },
});

/** Asks providers what became of messages that nobody heard the end of, where they can tell. */
export const reconcileMessagesJob = definePeriodic({
  name: "reconcile unknown messages",
  everyMs: 60_000,
  run: async ({ clock, signal }) => {
    const unknown = await findUnknownMessages(clock);
    await inTurn(unknown, ({ tenantId, messageId }) => reconcile(jobContext(tenantId, clock), messageId), signal);
  },
});

/** Brings snoozed conversations back when their time has come. */
export const wakeConversationsJob = definePeriodic({
  name: "wake snoozed conversations",
  everyMs: 15_000,
  run: ({ clock }) => wakeDueConversations(clock, (tenantId) => jobContext(tenantId, clock)),
});

const jobContext = (tenantId: string, clock: Clock) =>
  contextFor(tenantId, { type: "job", name: sendQueue.name }, clock);

async function sendMessage(ctx: Ctx, messageId: string, run: Run): Promise<void> {
  const beginning = await beginInTime(ctx, messageId, run.signal);
  if (beginning.state === "done") return;
  const again = beginning.state === "wait" ? { retryAfterMs: beginning.ms } : await handOver(ctx, beginning.message);
  if (again) await enqueue(ctx, sendQueue, { tenantId: ctx.tenantId, messageId }, { afterMs: again.retryAfterMs });
}

async function beginInTime(ctx: Ctx, messageId: string, signal: AbortSignal): Promise<Beginning> {
  const begin = () => beginSending(ctx, messageId, (provider) => providerNamed(provider)?.limits ?? null);
  let beginning = await begin();
  for (
    let waited = 0;
    beginning.state === "wait" && beginning.ms <= shortWaitMs && waited < 10_000 && !signal.aborted;
  ) {
    waited += beginning.ms;
    await pause(beginning.ms, undefined, { signal }).catch(() => undefined);
    beginning = await begin();
  }
  return beginning;
}

async function handOver(ctx: Ctx, message: BegunMessage): Promise<{ retryAfterMs: number } | null> {
  const outcome = await send(ctx, message);
  switch (outcome.outcome) {
    case "accepted":
      await recordAccepted(ctx, { messageId: message.id, externalId: outcome.providerMessageId });
      return null;
    case "refused":
      return recordRefused(ctx, message.id, outcome);
    case "unknown":
      await recordUnknown(ctx, message.id, outcome.text);
      return null;
  }
}

async function send(ctx: Ctx, message: BegunMessage): Promise<SendOutcome> {
  let access: Awaited<ReturnType<typeof channelAccess>>;
  try {
    access = await channelAccess(ctx, message.channelId);
  } catch {
    // Nothing has left the house: its secrets could not be opened.
    return {
      outcome: "refused",
      class: "channel",
      code: "credentials",
      text: "the channel's credentials could not be opened",
    };
  }
  const to = message.to as OutboundMessage["to"];
  const provider = providerNamed(access.provider);
  if (!provider) return { outcome: "refused", class: "channel", code: "unknown_provider", text: access.provider };
  return provider.send(access, {
    id: message.id,
    to,
    text: message.text,
    replyToId: message.replyToId,
    statusCallbackUrl: access.webhookUrl,
    ...(message.mail ? { mail: message.mail } : {}),
    ...(message.hasFiles || message.calendar ? { files: await filesOf(ctx, message) } : {}),
    ...(message.template ? { template: message.template } : {}),
    ...(message.commentId ? { commentId: message.commentId } : {}),
    ...(message.humanAgent ? { humanAgent: true } : {}),
  });
}

async function filesOf(ctx: Ctx, { id, hasFiles, calendar }: BegunMessage): Promise<OutboundFile[]> {
  return [
    ...(hasFiles ? await outboundFiles(ctx, id) : []),
    ...(calendar ? await outboundCalendar(ctx, calendar) : []),
  ];
}

async function sendReaction(ctx: Ctx, eventId: string): Promise<void> {
  const reaction = await beginReaction(ctx, eventId);
  const access = reaction && (await channelAccess(ctx, reaction.channelId).catch(() => null));
  const provider = access && providerNamed(access.provider);
  if (!reaction || !provider) return;
  const outcome = await provider.send(access, {
    id: eventId,
    to: reaction.to as OutboundMessage["to"],
    text: "",
    replyToId: null,
    statusCallbackUrl: null,
    reaction: { targetId: reaction.targetId, emoji: reaction.emoji },
  });
  const again = await recordReaction(ctx, eventId, outcome);
  if (again) await enqueue(ctx, reactionQueue, { tenantId: ctx.tenantId, eventId }, { afterMs: again.retryAfterMs });
}

/** An answer that still says nothing leaves the message unknown: a status event may settle it yet. */
async function reconcile(ctx: Ctx, messageId: string): Promise<void> {
  const message = await takeUnknownMessage(ctx, messageId);
  const access = message && (await channelAccess(ctx, message.channelId).catch(() => null));
  const findSent = access && providerNamed(access.provider)?.findSent;
  if (!message || !findSent) return;
  const found = await findSent(access, { ...message, to: message.to as OutboundMessage["to"] });
  if (found?.outcome === "accepted") await recordAccepted(ctx, { messageId, externalId: found.providerMessageId });
  else if (found?.outcome === "refused" && isLasting(found.class)) await recordRefused(ctx, messageId, found);
}

/** A refusal that may pass is one of the question, not of the message. */
function isLasting(refusal: RefusalClass): boolean {
  return refusal === "permanent" || refusal === "opted_out" || refusal === "window";
}
