import { eq } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { MediaRef } from "#server/providers/contract.ts";
import { leaseMs } from "./limits.ts";

/** A file whose fetching has begun. What became of it must be written. */
export interface BegunFile {
  id: string;
  channelId: string;
  media: MediaRef;
  /** This try included. */
  attempts: number;
}

/** Claims a waiting file for one try; null when it is not due, not waiting any more, or somebody else's. */
export async function beginFetching(ctx: Ctx, attachmentId: string): Promise<BegunFile | null> {
  return withTenant(ctx, async (tx) => {
    const [file] = await tx.select().from(attachments).where(eq(attachments.id, attachmentId)).for("update");
    if (!file || file.status !== "waiting" || !file.source || !file.channelId) return null;
    const now = ctx.clock.now();
    if (file.nextAttemptAt && file.nextAttemptAt > now) return null;
    const attempts = file.attempts + 1;
    await tx
      .update(attachments)
      .set({ attempts, nextAttemptAt: new Date(now.getTime() + leaseMs), updatedAt: now })
      .where(eq(attachments.id, attachmentId));
    return { id: file.id, channelId: file.channelId, media: file.source as unknown as MediaRef, attempts };
  });
}
