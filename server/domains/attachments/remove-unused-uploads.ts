import { and, inArray } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { appPool, withTenant } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { isUnused } from "./is-unused.ts";
import { unusedUploadMs } from "./limits.ts";

const most = 1000;

/** Removes uploads that no message took within a day. Their bytes follow (see `emptyRemovals`). */
export async function removeUnusedUploads(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const olderThan = new Date(clock.now().getTime() - unusedUploadMs);
  const due = await appPool()<{ tenant_id: string; id: string }[]>`
    select tenant_id, id from door.due('unused_uploads', ${most}, ${olderThan})`;
  for (const [tenantId, rows] of Map.groupBy(due, (row) => row.tenant_id)) {
    const ids = rows.map((row) => row.id);
    await withTenant(contextOf(tenantId), (tx) =>
      tx.delete(attachments).where(and(inArray(attachments.id, ids), isUnused)),
    );
  }
}
