import { and, eq, inArray } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { FileRules } from "#server/core/file-rules.ts";
import { fileProblem } from "#server/core/file-rules.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";
import { isUnused } from "./is-unused.ts";

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
    const files = await takeUploads(ctx, tx, attachmentIds);
    const problem = fileProblem(
      rules,
      files.map((file) => ({ mimeType: file.mimeType ?? "", bytes: file.bytes ?? 0 })),
    );
    if (problem) throw invalid({ files: problem });
    await give(ctx, tx, attachmentIds, { messageId, channelId });
  });
}

/** Refuses what `linkUploads` would not take, for a message that is written later. */
export async function requireUploads(ctx: Ctx, attachmentIds: readonly string[]): Promise<void> {
  if (attachmentIds.length > 0) await withTenant(ctx, (tx) => takeUploads(ctx, tx, attachmentIds));
}

/** Like `linkUploads` for a note on a ticket, which any file that is kept may go with. */
export async function linkNoteUploads(
  ctx: Ctx,
  { noteId, attachmentIds }: { noteId: string; attachmentIds: readonly string[] },
): Promise<void> {
  await withTenant(ctx, async (tx) => {
    await takeUploads(ctx, tx, attachmentIds);
    await give(ctx, tx, attachmentIds, { ticketEventId: noteId });
  });
}

/** The member's own uploads that nothing shows yet, locked. */
async function takeUploads(ctx: Ctx, tx: TenantTx, attachmentIds: readonly string[]) {
  const files = await tx
    .select()
    .from(attachments)
    .where(
      and(
        inArray(attachments.id, [...attachmentIds]),
        isUnused,
        eq(attachments.status, "stored"),
        eq(attachments.uploadedBy, memberId(ctx) ?? ""),
      ),
    )
    .for("update");
  if (files.length !== new Set(attachmentIds).size) throw invalid({ files: "file_gone" });
  return files;
}

/** In the order given. */
async function give(
  ctx: Ctx,
  tx: TenantTx,
  attachmentIds: readonly string[],
  to: { messageId: string; channelId: string } | { ticketEventId: string },
): Promise<void> {
  for (const [position, id] of [...new Set(attachmentIds)].entries()) {
    await tx
      .update(attachments)
      .set({ ...to, position, updatedAt: ctx.clock.now() })
      .where(eq(attachments.id, id));
  }
}
