import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { announce } from "#server/domains/automation/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { countTemplateUse, takeTemplate } from "#server/domains/templates/index.ts";
import { memberReplied } from "#server/domains/tickets/index.ts";
import { findReplyable } from "./find-replyable.ts";
import type { SendTemplateInput } from "./schemas.ts";
import { sendTemplateInput } from "./schemas.ts";
import type { WrittenMessage } from "./write-message.ts";
import { writeOutgoing } from "./write-message.ts";

/**
 * Sends an approved message, whether the reply window is open or not. Refused like a reply otherwise
 * (`channel_paused`, `not_configured`, `opted_out`), and when the template may not be sent or lacks a
 * value. The same idempotency key returns the message it wrote before.
 */
export async function sendTemplate(ctx: Ctx, input: SendTemplateInput): Promise<WrittenMessage> {
  const { conversationId, templateId, variables, idempotencyKey } = sendTemplateInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const to = await findReplyable(tx, conversationId);
    const { text, ...template } = await takeTemplate(inner, { templateId, channelId: to.channelId, variables });
    const written = await writeOutgoing(inner, to, { text, template, replyToExternalId: null, idempotencyKey });
    if (written.created) {
      await countTemplateUse(inner, templateId);
      await recordAudit(inner, {
        action: "conversation.template",
        entityType: "conversation",
        entityId: conversationId,
        data: { messageId: written.messageId, template: template.name },
      });
      await memberReplied(inner, { conversationId: to.threadId ?? conversationId });
      await announce(inner, [{ event: "reply_sent", conversationId, messageId: written.messageId }]);
    }
    return written;
  });
}
