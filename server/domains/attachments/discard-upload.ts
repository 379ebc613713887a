import { and, eq } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { isUnused } from "./is-unused.ts";
import type { AttachmentRef } from "./schemas.ts";

/** Takes back an upload of one's own that was not sent. */
export async function discardUpload(ctx: Ctx, { attachmentId }: AttachmentRef): Promise<void> {
  const own = and(eq(attachments.id, attachmentId), isUnused, eq(attachments.uploadedBy, memberId(ctx) ?? ""));
  const removed = await withTenant(ctx, (tx) => tx.delete(attachments).where(own).returning({ id: attachments.id }));
  if (removed.length === 0) throw notFound();
}
