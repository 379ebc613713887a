import { inArray } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { Attachment } from "./attachment.ts";
import { attachmentColumns, shown } from "./attachment.ts";

/** The files of messages, by message, in their order. One statement; none for no message. */
export async function attachmentsOf(ctx: Ctx, messageIds: readonly string[]): Promise<Map<string, Attachment[]>> {
  if (messageIds.length === 0) return new Map();
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select(attachmentColumns)
      .from(attachments)
      .where(inArray(attachments.messageId, [...messageIds]))
      .orderBy(attachments.messageId, attachments.position, attachments.id),
  );
  return Map.groupBy(rows.map(shown), (file) => file.messageId!);
}
