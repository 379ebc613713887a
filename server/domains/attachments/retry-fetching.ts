import { eq } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { fetchQueue } from "./queues.ts";
import type { AttachmentRef } from "./schemas.ts";
import { settleFile } from "./settle-file.ts";

/** What a provider said it no longer has, it may have again; what we refused stays refused. */
const isMissing = (status: string) => status === "failed" || status === "expired";

/** Asks for a file again that did not come. `conflict` for one that is here, on its way or refused for good. */
export async function retryFetching(ctx: Ctx, { attachmentId }: AttachmentRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [file] = await tx.select().from(attachments).where(eq(attachments.id, attachmentId)).for("update");
    if (!file) throw notFound();
    if (!isMissing(file.status) || !file.source) throw new DomainError("conflict", "not_failed");
    const inner = { ...ctx, tx };
    const source = { ...file.source, error: null };
    await settleFile(inner, attachmentId, {
      status: "waiting",
      reason: null,
      attempts: 0,
      nextAttemptAt: null,
      source,
    });
    await enqueue(inner, fetchQueue, { tenantId: ctx.tenantId, attachmentId });
    await recordAudit(inner, { action: "attachment.retry", entityType: "attachment", entityId: attachmentId });
  });
}
