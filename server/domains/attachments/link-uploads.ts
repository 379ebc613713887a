import { and, eq, inArray, isNull } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { withTenant } from "#db/tenant.ts";
import type { FileRules } from "#server/core/file-rules.ts";
import { fileProblem } from "#server/core/file-rules.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";

export interface UploadsToLink {
  messageId: string;
  channelId: string;
  /** In the order that the message shows them. */
  attachmentIds: readonly string[];
  /** What the channel carries; null: no files. */
  rules: FileRules | null;
}

/**
 * Gives uploads to the message that sends them, in its transaction. Refused as `invalid` (`files`) where the
 * channel does not carry them, or one is gone, another's, or sent already.
 */
export async function linkUploads(
  ctx: Ctx,
  { messageId, channelId, attachmentIds, rules }: UploadsToLink,
): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const own = and(
      inArray(attachments.id, [...attachmentIds]),
      isNull(attachments.messageId),
      eq(attachments.status, "stored"),
      eq(attachments.uploadedBy, memberId(ctx) ?? ""),
    );
    const files = await tx.select().from(attachments).where(own).for("update");
    if (files.length !== new Set(attachmentIds).size) throw invalid({ files: "file_gone" });
    const problem = fileProblem(
      rules,
      files.map((file) => ({ mimeType: file.mimeType ?? "", bytes: file.bytes ?? 0 })),
    );
    if (problem) throw invalid({ files: problem });
    for (const [position, id] of [...new Set(attachmentIds)].entries()) {
      await tx
        .update(attachments)
        .set({ messageId, channelId, position, updatedAt: ctx.clock.now() })
        .where(eq(attachments.id, id));
    }
  });
}
