import { and, eq, inArray, sql } from "drizzle-orm";
import { messages } from "#db/schema/messages.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { attachmentsOf, copyFiles } from "#server/domains/attachments/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { draftOf } from "./compose-mail.ts";
import { findReplyable } from "./find-replyable.ts";
import { hasFiles, wordsOf } from "./message-files.ts";
import { templateOf } from "./message-template.ts";
import type { RetryInput } from "./schemas.ts";
import type { WrittenMessage } from "./write-message.ts";
import type { OutgoingFiles } from "./write-message.ts";
import { writeOutgoing } from "./write-message.ts";

/**
 * Sends a failed or unconfirmed message again, because a person asked for it. The new attempt is a
 * message of its own: late statuses of the first one cannot touch it. Asking twice sends once.
 */
export async function retryMessage(ctx: Ctx, { messageId }: RetryInput): Promise<WrittenMessage> {
  return withTenant(ctx, async (tx) => {
    const [failed] = await tx
      .select()
      .from(messages)
      .where(and(eq(messages.id, messageId), eq(messages.direction, "out")))
      .for("update");
    if (!failed) throw notFound();
    const isSent = failed.kind === "call" || (failed.status !== "failed" && failed.status !== "unknown");
    if (isSent) throw new DomainError("conflict", "not_failed");
    const to = await findReplyable(tx, failed.conversationId);
    const inner = { ...ctx, tx };
    const written = await writeOutgoing(inner, to, {
      text: wordsOf(failed),
      files: hasFiles(failed.data) ? await filesOfBefore(inner, messageId) : null,
      template: templateOf(failed),
      replyToExternalId: failed.replyToExternalId,
      idempotencyKey: `retry:${messageId}`,
      mail: await draftOf(tx, messageId),
    });
    if (written.created) {
      await tx
        .update(messages)
        .set({
          data: sql`coalesce(${messages.data}, '{}'::jsonb) || ${JSON.stringify({ retriedAs: written.messageId })}::jsonb`,
        })
        .where(and(eq(messages.id, messageId), inArray(messages.status, ["failed", "unknown"])));
      await recordAudit(inner, {
        action: "message.retry",
        entityType: "conversation",
        entityId: failed.conversationId,
        data: { messageId, retriedAs: written.messageId },
      });
    }
    return written;
  });
}

/** The files of the first attempt, for the second. */
async function filesOfBefore(ctx: Ctx, from: string): Promise<OutgoingFiles> {
  const files = (await attachmentsOf(ctx, [from])).get(from) ?? [];
  return { count: files.length, link: (inner, to) => copyFiles(inner, { from, to }) };
}
