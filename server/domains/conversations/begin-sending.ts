import { and, eq, gt, isNull, lt, lte, ne, or, sql } from "drizzle-orm";
import { channelConfigurations as channels } from "#db/schema/channels.ts";
import { messages } from "#db/schema/messages.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { CalendarLanguage } from "#server/domains/calendar-feeds/index.ts";
import { surveyMailOf } from "#server/domains/surveys/index.ts";
import type { OutboundMail, OutboundTemplate } from "#server/providers/contract.ts";
import { isLooping, outboundMail } from "./compose-mail.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";
import type { ReplyableConversation } from "./find-replyable.ts";
import { findReplyable } from "./find-replyable.ts";
import { hasFiles, wordsOf } from "./message-files.ts";
import { outboundTemplate } from "./message-template.ts";
import { refusalOfTemplate, replyStateOf } from "./reply-rules.ts";

/** Fair use of a number: messages a second, and seconds between two to one person. */
export interface SendLimits {
  perSecond: number;
  secondsBetweenToOnePerson: number;
}

/** A message whose sending has begun. Its outcome must be written, whatever it is. */
export interface BegunMessage {
  id: string;
  channelId: string;
  to: { kind: string; value: string };
  text: string;
  replyToId: string | null;
  attempts: number;
  /** Files go along. */
  hasFiles: boolean;
  template: OutboundTemplate | null;
  /** The public comment that it answers in private. */
  commentId?: string | null;
  /** Outside the window: a person wrote it. */
  humanAgent?: boolean;
  /** The appointment that goes along for the customer's calendar. */
  calendar?: { appointmentId: string; language: CalendarLanguage } | null;
  /** On a mail channel: what the mail is, decided when the message was written. */
  mail?: OutboundMail;
}

export type Beginning =
  | { state: "go"; message: BegunMessage }
  /** Not yet: the rate, an earlier message, or another worker that may still be sending. */
  | { state: "wait"; ms: number }
  /** Sent, refused or unknown already, or just found to be, or waiting for the admin to mend the channel: nothing to do. */
  | { state: "done" };

/** A worker that has written no outcome for this long is dead; no provider call takes as long. */
const deadAfterMs = 90_000;

/**
 * Claims a pending message for sending, within the limits of its number and person and after the
 * earlier ones of its conversation. A message whose sending had begun and was never reported on becomes
 * `unknown`: it may have been sent, so it is never sent again blindly.
 */
export async function beginSending(
  ctx: Ctx,
  messageId: string,
  limitsOf: (provider: string) => SendLimits | null,
): Promise<Beginning> {
  return withTenant(ctx, async (tx) => {
    const [message] = await tx.select().from(messages).where(eq(messages.id, messageId)).for("update");
    if (!message || message.direction !== "out" || message.status !== "pending") return { state: "done" };
    const now = ctx.clock.now();
    if (message.sending) {
      const since = now.getTime() - (message.lastAttemptAt?.getTime() ?? 0);
      if (since < deadAfterMs) return { state: "wait", ms: deadAfterMs - since };
      await giveUp(tx, message, now, { status: "unknown", errorMessage: "interrupted while sending" });
      return { state: "done" };
    }
    const to = await findReplyable(tx, message.conversationId);
    if (to.sendingBlocked) return { state: "done" };
    const limits = limitsOf(to.provider);
    const commentId = commentOf(message);
    const state = replyStateOf(to, now, { by: message.authorId ? "member" : "program" });
    // The comment that it answers is no open one any more, because of this very message.
    const closed = commentId !== null || message.templateName !== null ? refusalOfTemplate(state) : state.refusal;
    const refusal = limits ? closed : "not_configured";
    if (refusal || !limits) {
      await giveUp(tx, message, now, {
        status: "failed",
        failedAt: now,
        errorCode: refusal,
        data: { ...message.data, refusal },
      });
      return { state: "done" };
    }
    const composed = to.channelType === "email" ? await composedMail(tx, message) : null;
    if (composed?.mail.automatic && (await isLooping(tx, to, now))) {
      await giveUp(tx, message, now, { status: "failed", failedAt: now, errorCode: "loop_brake" });
      return { state: "done" };
    }
    const waitMs = (await waitForTurn(tx, message, limits, now)) ?? (await takeSlot(tx, to, limits, now));
    if (waitMs !== null) return { state: "wait", ms: waitMs };
    await tx
      .update(messages)
      .set({ sending: true, lastAttemptAt: now, attempts: message.attempts + 1, updatedAt: now })
      .where(eq(messages.id, messageId));
    const humanAgent = commentId === null && state.way === "human_agent";
    const template = await outboundTemplate({ ...ctx, tx }, message);
    return { state: "go", message: { ...begun(message, to), ...composed, template, commentId, humanAgent } };
  });
}

type MessageRow = typeof messages.$inferSelect;

/** The mail of a message; one that asks for satisfaction gets its links only now. */
async function composedMail(tx: TenantTx, message: MessageRow): Promise<Awaited<ReturnType<typeof outboundMail>>> {
  const asks = await surveyMailOf(tx, message);
  const composed = await outboundMail(tx, asks ? { id: message.id, text: asks.text } : message);
  return composed && asks ? { ...composed, mail: { ...composed.mail, html: asks.html } } : composed;
}

async function giveUp(tx: TenantTx, message: MessageRow, now: Date, set: Partial<MessageRow>): Promise<void> {
  await tx
    .update(messages)
    .set({ ...set, sending: false, updatedAt: now })
    .where(eq(messages.id, message.id));
  conversationChanged(tx, message.conversationId);
  threadChanged(tx, message.conversationId);
}

/** Sends to one person that may follow each other at once; over time the pause between two holds on average. */
const burst = 3;

/** Milliseconds until nothing earlier to this person is under way and their pace allows one more; null: now. */
async function waitForTurn(tx: TenantTx, message: MessageRow, limits: SendLimits, now: Date): Promise<number | null> {
  const windowMs = burst * limits.secondsBetweenToOnePerson * 1000;
  const recent = gt(messages.lastAttemptAt, new Date(now.getTime() - windowMs));
  const [others] = await tx
    .select({
      earlier: sql<number>`count(*) filter (where ${and(eq(messages.status, "pending"), lt(messages.id, message.id))})::int`,
      recent: sql<number>`count(*) filter (where ${recent})::int`,
      oldest: sql<string | null>`min(${messages.lastAttemptAt}) filter (where ${recent})`,
    })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, message.conversationId),
        eq(messages.direction, "out"),
        ne(messages.id, message.id),
        gt(messages.occurredAt, new Date(message.occurredAt.getTime() - 86_400_000)),
      ),
    );
  if (others && others.earlier > 0) return 1000;
  if (!others?.oldest || others.recent < burst) return null;
  return Math.max(1, new Date(others.oldest).getTime() + windowMs - now.getTime());
}

/** Takes the number's next place in its rate (a second's worth may go at once), or says how long until there is one. */
async function takeSlot(
  tx: TenantTx,
  to: ReplyableConversation,
  limits: SendLimits,
  now: Date,
): Promise<number | null> {
  const stepMs = 1000 / limits.perSecond;
  const latest = new Date(now.getTime() + 1000 - stepMs);
  const [taken] = await tx
    .update(channels)
    .set({
      nextSendAt: sql`greatest(${channels.nextSendAt}, ${now.toISOString()}::timestamptz) + ${stepMs} * interval '1 millisecond'`,
    })
    .where(and(eq(channels.id, to.channelId), or(isNull(channels.nextSendAt), lte(channels.nextSendAt, latest))))
    .returning({ id: channels.id });
  if (taken) return null;
  const [channel] = await tx
    .select({ nextSendAt: channels.nextSendAt })
    .from(channels)
    .where(eq(channels.id, to.channelId));
  return Math.max(1, (channel?.nextSendAt ?? now).getTime() - latest.getTime());
}

function commentOf({ data }: MessageRow): string | null {
  const id = data?.privateReplyTo;
  return typeof id === "string" ? id : null;
}

function calendarOf({ data }: MessageRow): BegunMessage["calendar"] {
  const { appointment, calendar } = (data ?? {}) as { appointment?: string; calendar?: CalendarLanguage };
  return appointment && calendar ? { appointmentId: appointment, language: calendar } : null;
}

function begun(message: MessageRow, to: ReplyableConversation): Omit<BegunMessage, "template"> {
  return {
    id: message.id,
    channelId: message.channelId,
    to: { kind: to.addressKind, value: message.toAddress ?? to.addressValue },
    text: wordsOf(message),
    hasFiles: hasFiles(message.data),
    calendar: calendarOf(message),
    replyToId: message.replyToExternalId,
    attempts: message.attempts + 1,
  };
}
