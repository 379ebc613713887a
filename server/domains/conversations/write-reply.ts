import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { linkUploads } from "#server/domains/attachments/index.ts";
import { announce } from "#server/domains/automation/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { memberReplied } from "#server/domains/tickets/index.ts";
import { partsOfThread } from "./find-conversation.ts";
import type { ReplyableConversation } from "./find-replyable.ts";
import { findReplyable } from "./find-replyable.ts";
import { filesOn } from "./message-files.ts";
import type { ReplyInput } from "./schemas.ts";
import type { OutgoingFiles, WrittenMessage } from "./write-message.ts";
import { writeOutgoing } from "./write-message.ts";

/** Writes a member's reply into the outbox: at once, or when its time has come. Everything is checked as it is now. */
export async function writeReply(ctx: Ctx, input: ReplyInput): Promise<WrittenMessage> {
  const { conversationId, replyToId, idempotencyKey } = input;
  return withTenant(ctx, async (tx) => {
    const to = await findReplyable(tx, conversationId);
    const replyToExternalId = replyToId ? await externalIdOf(tx, conversationId, replyToId) : null;
    const inner = { ...ctx, tx };
    const mail = { subject: input.subject ?? null, cc: input.cc ?? null };
    const text = input.text.trim();
    const files = uploadsToSend(input, to);
    const written = await writeOutgoing(inner, to, { text, files, replyToExternalId, idempotencyKey, mail });
    if (written.created) {
      await recordAudit(inner, {
        action: "conversation.reply",
        entityType: "conversation",
        entityId: conversationId,
        data: { messageId: written.messageId },
      });
      await memberReplied(inner, { conversationId: to.threadId ?? conversationId });
    }
    const { created, messageId } = written;
    if (created && ctx.actor.type === "member")
      await announce(inner, [{ event: "reply_sent", conversationId, messageId }]);
    return written;
  });
}

/** The sender's uploads, in the form that the channel carries. */
function uploadsToSend({ attachmentIds }: ReplyInput, to: ReplyableConversation): OutgoingFiles | null {
  if (!attachmentIds || attachmentIds.length === 0) return null;
  const { channelId } = to;
  const link = (ctx: Ctx, messageId: string) =>
    linkUploads(ctx, { messageId, channelId, attachmentIds, rules: filesOn(to) });
  return { count: attachmentIds.length, link };
}

/** The provider's id of a message that is answered; null of one that is read in the same thread and came by another way. */
export async function externalIdOf(tx: TenantTx, conversationId: string, messageId: string): Promise<string | null> {
  const [row] = await tx.raw.unsafe<{ externalId: string | null }[]>(
    `select case when conversation_id = $2::uuid then external_id end as "externalId" from messages
      where tenant_id = $1 and id = $3::uuid and conversation_id in (${partsOfThread("$2::uuid")})`,
    [tx.tenantId, conversationId, messageId],
    { prepare: true },
  );
  if (!row) throw notFound();
  return row.externalId;
}
