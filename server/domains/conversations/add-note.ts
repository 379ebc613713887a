import { and, eq } from "drizzle-orm";
import { messages } from "#db/schema/messages.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, invalid } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { notifyMentions } from "#server/domains/notifications/index.ts";
import { dropSentDraft } from "#server/domains/drafts/index.ts";
import { threadChanged } from "./conversation-changed.ts";
import { lockThread } from "./find-conversation.ts";
import type { NoteInput } from "./schemas.ts";
import { writeInternal } from "./write-event.ts";

/** Writes what only members see, into the thread that the conversation is read in. The same idempotency key writes once. */
export async function addConversationNote(ctx: Ctx, input: NoteInput): Promise<{ messageId: string }> {
  const { text, idempotencyKey = null } = input;
  if (text.trim() === "") throw invalid({ text: "required" });
  return withTenant(ctx, async (tx) => {
    const conversation = await lockThread(tx, input.conversationId);
    const conversationId = conversation.id;
    const messageId = await writeInternal(ctx, tx, conversation, {
      kind: "note",
      text: text.trim(),
      data: null,
      idempotencyKey,
    });
    if (!messageId) {
      const [known] = await tx
        .select({ id: messages.id })
        .from(messages)
        .where(and(eq(messages.idempotencyKey, idempotencyKey ?? ""), eq(messages.conversationId, conversationId)));
      if (!known) throw new DomainError("conflict");
      return { messageId: known.id };
    }
    await recordAudit(
      { ...ctx, tx },
      {
        action: "conversation.note",
        entityType: "conversation",
        entityId: conversationId,
        data: { messageId },
      },
    );
    await notifyMentions({ ...ctx, tx }, { text, subject: "conversation", subjectId: conversationId });
    await dropSentDraft({ ...ctx, tx }, { conversationId: input.conversationId, text });
    threadChanged(tx, conversationId);
    return { messageId };
  });
}
