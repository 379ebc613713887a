import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { dropSentDraft } from "#server/domains/drafts/index.ts";
import { refuseSecondAnswer } from "./refuse-sender.ts";
import type { ReplyInput } from "./schemas.ts";
import type { WrittenMessage } from "./write-message.ts";
import { writeReply } from "./write-reply.ts";

/**
 * Answers a customer on the channel of the conversation. The message is `pending` until the provider
 * accepts it. Files go along by their uploads. Refused with `window_closed`, `channel_paused`, `not_configured`, `opted_out` or a text
 * that is too long, with `only_assignee` where nobody else may answer, and with `answered_meanwhile` when a colleague answered after
 * what the writer had seen; the same idempotency key returns the message it wrote before.
 */
export async function replyToConversation(ctx: Ctx, input: ReplyInput): Promise<WrittenMessage> {
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    await refuseSecondAnswer(ctx, tx, input);
    const written = await writeReply(inner, input);
    if (written.created) await dropSentDraft(inner, input);
    return written;
  });
}
