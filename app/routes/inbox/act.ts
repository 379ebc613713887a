import { refusalOf, type Refusal } from "#app/context.ts";
import type { Caller } from "#server/trpc/root.ts";

import { actOnState } from "./act-on-state.ts";
import { readCopies } from "./mail-values.ts";

export type TakenBack = Awaited<ReturnType<Caller["conversations"]["takeBack"]>>;

/** What an action on a conversation answers to the screen that asked. */
export type ActionResult =
  | {
      ok: true;
      /** What was done to where the conversation stands, and the event that takes it back. */
      did?: string;
      undo?: string | null;
      text?: string;
      ticketNumber?: number;
      messageId?: string;
      takenBack?: TakenBack;
    }
  | ({ ok: false } & Refusal);

/** Does what a form of the conversation asks for, by its `intent`. Refusals are answered, not thrown: they belong beside what was tried. */
export async function act(api: Caller, conversationId: string, form: FormData): Promise<ActionResult> {
  try {
    return await perform(api, conversationId, form);
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal || refusal.code === "not_found" || refusal.code === "unauthenticated") throw thrown;
    return { ok: false, ...refusal };
  }
}

async function perform(api: Caller, conversationId: string, form: FormData): Promise<ActionResult> {
  const { attachments, conversations, quickReplies, tickets } = api;
  const word = (name: string) => String(form.get(name) ?? "");
  const idempotencyKey = word("key");
  switch (intentOf(form)) {
    case "reply": {
      const { messageId } = await conversations.reply(replyIn(conversationId, form));
      return { ok: true, messageId };
    }
    case "hold": {
      const { messageId } = await conversations.schedule(replyIn(conversationId, form));
      return { ok: true, messageId };
    }
    case "later": {
      const choice = word("sendAtChoice");
      const sendAt = choice === "tomorrow" || choice === "monday" ? choice : word("sendAt");
      const unlessAnswered = word("unlessAnswered") === "yes";
      const planned = { ...replyIn(conversationId, form), sendAt, unlessAnswered };
      const { messageId } = await conversations.schedule(planned);
      return { ok: true, messageId };
    }
    case "take-back":
      return { ok: true, takenBack: await conversations.takeBack({ scheduledId: word("scheduledId") }) };
    case "send-now":
      await conversations.sendNow({ scheduledId: word("scheduledId") });
      return { ok: true };
    case "note": {
      const { messageId } = await conversations.addNote({
        conversationId,
        text: word("text"),
        idempotencyKey: idempotencyKey || null,
      });
      return { ok: true, messageId };
    }
    case "template": {
      const { messageId } = await conversations.sendTemplate({
        conversationId,
        templateId: word("templateId"),
        variables: variablesIn(form),
        idempotencyKey: idempotencyKey || crypto.randomUUID(),
      });
      return { ok: true, messageId };
    }
    case "react":
      await conversations.react({
        messageId: word("messageId"),
        emoji: word("emoji") || null,
        idempotencyKey: idempotencyKey || crypto.randomUUID(),
      });
      return { ok: true };
    case "retry-file":
      await attachments.retry({ attachmentId: word("attachmentId") });
      return { ok: true };
    case "retry":
      await conversations.retry({ messageId: word("messageId") });
      return { ok: true };
    case "read":
      await conversations.markRead({ conversationId });
      return { ok: true };
    case "team":
      await conversations.assignTeam({ conversationId, teamId: word("teamId") || null });
      return { ok: true };
    case "assign":
      await conversations.assign({ conversationId, assigneeId: word("assigneeId") || null });
      return { ok: true };
    case "quick-reply": {
      const { text } = await quickReplies.use({ quickReplyId: word("quickReplyId"), conversationId });
      return { ok: true, text };
    }
    case "ticket": {
      const conversation = await conversations.get({ conversationId });
      const priority = priorities.find((known) => known === word("priority")) ?? "medium";
      const { number } = await tickets.open({
        subject: word("subject"),
        priority,
        conversationId,
        customerId: conversation.customer.id,
        channelType: channelTypes.find((known) => known === conversation.channel.type),
      });
      return { ok: true, ticketNumber: number };
    }
    default:
      return (
        (await actOnState(api, conversationId, word)) ?? { ok: false, code: "invalid", reason: "invalid", fields: {} }
      );
  }
}

/** Without JavaScript the pressed button speaks after the form's own field. */
function intentOf(form: FormData): string {
  return String(form.getAll("intent").at(-1) ?? "");
}

/** A reply as the composer's form carries it. */
function replyIn(conversationId: string, form: FormData) {
  const word = (name: string) => String(form.get(name) ?? "");
  return {
    conversationId,
    text: word("text"),
    replyToId: word("replyTo") || null,
    seenId: word("seenId") || null,
    attachmentIds: word("attachmentIds").split(",").filter(Boolean),
    // A channel that is no mail has no such fields.
    subject: word("subject") || null,
    cc: form.has("cc") ? readCopies(word("cc")).copies : null,
    idempotencyKey: word("key") || crypto.randomUUID(),
  };
}

/** Fields named `variable:<name>`. */
function variablesIn(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form]
      .filter(([name]) => name.startsWith("variable:"))
      .map(([name, value]) => [name.slice("variable:".length), String(value)]),
  );
}

const priorities = ["low", "medium", "high", "urgent"] as const;
const channelTypes = ["whatsapp", "sms", "instagram", "email", "phone"] as const;
