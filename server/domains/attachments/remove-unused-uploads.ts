import { and, inArray } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { byTenant, findDue } from "#db/due.ts";
import { withTenant } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { isUnused } from "./is-unused.ts";
import { unusedUploadMs } from "./limits.ts";

const most = 1000;

/** Removes uploads that no message took within a day. Their bytes follow (see `emptyRemovals`). */
export async function removeUnusedUploads(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const olderThan = new Date(clock.now().getTime() - unusedUploadMs);
  const due = await findDue("unused_uploads", most, olderThan);
  await inTurn(byTenant(due), ([tenantId, ids]) =>
    withTenant(contextOf(tenantId), (tx) => tx.delete(attachments).where(and(inArray(attachments.id, ids), isUnused))),
  );
}
