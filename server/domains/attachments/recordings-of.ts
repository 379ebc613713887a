import { inArray } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { Attachment } from "./attachment.ts";
import { attachmentColumns, shown } from "./attachment.ts";

/** What was recorded of calls, by call, the earliest first. One statement. */
export async function recordingsOf(ctx: Ctx, callIds: readonly string[]): Promise<Map<string, Attachment[]>> {
  if (callIds.length === 0) return new Map();
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select(attachmentColumns)
      .from(attachments)
      .where(inArray(attachments.callId, [...callIds]))
      .orderBy(attachments.callId, attachments.id),
  );
  return Map.groupBy(rows.map(shown), (file) => file.callId!);
}
