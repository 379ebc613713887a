import { and, eq } from "drizzle-orm";
import { messages } from "#db/schema/messages.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId, ruleMark } from "#server/core/context.ts";
import { DomainError, invalid } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import type { MailDraft } from "./compose-mail.ts";
import { composeMail, keepComposedMail } from "./compose-mail.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";
import { lockThread } from "./find-conversation.ts";
import type { ReplyableConversation } from "./find-replyable.ts";
import type { MessageTemplate } from "./message-template.ts";
import { templateColumns } from "./message-template.ts";
import { fileColumns } from "./message-files.ts";
import { sendQueue } from "./queues.ts";
import { isNotSender } from "./refuse-sender.ts";
import { isTooLong, refusalOfTemplate, replyRefused, replyStateOf } from "./reply-rules.ts";

export interface OutgoingText {
  text: string;
  /** What the provider approved beforehand: it needs no open window. */
  template?: MessageTemplate | null;
  replyToExternalId: string | null;
  /** Files that go along, of this or so many in number; the text may then be empty. */
  files?: OutgoingFiles | null;
  idempotencyKey: string;
  /** On a mail channel: what is not as the thread says. */
  mail?: MailDraft;
  /** The survey that it asks, by its id. */
  survey?: string;
  /** The appointment that it is about, by its id. */
  appointment?: string;
  /** A mail takes the appointment along for the customer's calendar, in this language. */
  calendar?: "fr" | "en";
}

export interface OutgoingFiles {
  count: number;
  /** Gives the files to the message that was just written, in its transaction. */
  link(ctx: Ctx, messageId: string): Promise<void>;
}

export interface WrittenMessage {
  messageId: string;
  /** false: the same key had written it before. */
  created: boolean;
}

/**
 * Writes a message as `pending` and enqueues its sending in one transaction, so that neither exists
 * without the other. The same idempotency key returns the message that it wrote first.
 */
export async function writeOutgoing(
  ctx: Ctx,
  to: ReplyableConversation,
  outgoing: OutgoingText,
): Promise<WrittenMessage> {
  const { text, files = null, template = null, idempotencyKey, replyToExternalId, survey, appointment } = outgoing;
  const calendar = appointment && to.channelType === "email" ? outgoing.calendar : undefined;
  const marks = {
    ...(survey ? { survey } : {}),
    ...(appointment ? { appointment } : {}),
    ...(calendar ? { calendar } : {}),
  };
  return withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const by = ctx.actor.type === "member" ? "member" : "program";
    const state = replyStateOf(to, now, { by, answered: replyToExternalId });
    const refusal = isNotSender(ctx, to) ? "only_assignee" : template ? refusalOfTemplate(state) : state.refusal;
    if (refusal) {
      const before = await findByKey();
      if (before) return before;
      throw replyRefused(refusal);
    }
    if (text === "" && !files) throw invalid({ text: "required" });
    if (isTooLong(text, state)) throw invalid({ text: "too_long" });
    // Its thread ahead of itself: one order for whoever writes in a merged conversation.
    if (to.threadId) await lockThread(tx, to.id);
    const messageId = newId();
    const inner = { ...ctx, tx };
    const mail =
      to.channelType === "email"
        ? await composeMail(inner, to, { messageId, answers: replyToExternalId, draft: outgoing.mail ?? {} })
        : null;
    const written = await tx
      .insert(messages)
      .values({
        tenantId: ctx.tenantId,
        id: messageId,
        conversationId: to.id,
        customerId: to.customerId,
        channelId: to.channelId,
        channelType: to.channelType,
        direction: "out",
        kind: "text",
        text,
        status: "pending",
        provider: to.provider,
        toAddress: to.addressValue,
        replyToExternalId,
        ...(mail ? { externalId: mail.messageId, subject: mail.subject } : {}),
        ...(ctx.actor.type === "rule" ? { data: ruleMark(ctx) } : {}),
        ...(state.commentId === null ? {} : { data: { privateReplyTo: state.commentId, ...ruleMark(ctx) } }),
        ...(survey || appointment ? { data: marks } : {}),
        ...(template ? templateColumns(template, marks) : {}),
        ...(files ? fileColumns(text, files.count, to.channelType) : {}),
        idempotencyKey,
        authorId: memberId(ctx),
        occurredAt: now,
        createdAt: now,
        updatedAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: messages.id });
    if (written.length === 0) {
      const before = await findByKey();
      if (before) return before;
      throw new DomainError("conflict", "conflict");
    }
    if (mail) await keepComposedMail(inner, to, { messageId, mail });
    await files?.link(inner, messageId);
    await enqueue(inner, sendQueue, { tenantId: ctx.tenantId, messageId });
    conversationChanged(tx, to.threadId ?? to.id);
    threadChanged(tx, to.threadId ?? to.id);
    return { messageId, created: true };

    async function findByKey(): Promise<WrittenMessage | null> {
      const [known] = await tx
        .select({ id: messages.id })
        .from(messages)
        .where(and(eq(messages.idempotencyKey, idempotencyKey), eq(messages.conversationId, to.id)));
      return known ? { messageId: known.id, created: false } : null;
    }
  });
}
