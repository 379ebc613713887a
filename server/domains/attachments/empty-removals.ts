import { eq, inArray } from "drizzle-orm";
import { attachments, storageRemovals } from "#db/schema/attachments.ts";
import { byTenant, findDue } from "#db/due.ts";
import { withTenant } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { log } from "#server/core/log.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { currentStorage } from "#server/storage/index.ts";

const most = 500;

/**
 * Removes from storage what the rows of erased messages, customers and uploads held, then the debt
 * itself: a crash in between removes twice, never leaves. A file that another message still shows stays.
 */
export async function emptyRemovals(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const due = await findDue("storage_removals", most, clock.now());
  await inTurn(byTenant(due), ([tenantId, ids]) => removeOwed(contextOf(tenantId), ids));
}

async function removeOwed(ctx: Ctx, ids: string[]): Promise<void> {
  const owed = await withTenant(ctx, (tx) =>
    tx
      .select({ id: storageRemovals.id, key: storageRemovals.storageKey, kept: attachments.id })
      .from(storageRemovals)
      .leftJoin(attachments, eq(attachments.storageKey, storageRemovals.storageKey))
      .where(inArray(storageRemovals.id, ids)),
  );
  const done: string[] = [];
  for (const { id, key, kept } of owed) {
    try {
      if (kept === null) await currentStorage().remove(key);
      done.push(id);
    } catch (error) {
      log.warn({ err: error }, "a file of an erased row is still in storage: tried again in a minute");
      break;
    }
  }
  if (done.length > 0) {
    await withTenant(ctx, (tx) => tx.delete(storageRemovals).where(inArray(storageRemovals.id, done)));
  }
}
