import { asc, eq } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";

/** A message that is sent again carries the same files: the bytes are shared, and stay while one of them shows them. */
export async function copyFiles(ctx: Ctx, { from, to }: { from: string; to: string }): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const files = await tx
      .select()
      .from(attachments)
      .where(eq(attachments.messageId, from))
      .orderBy(asc(attachments.position));
    if (files.length === 0) return;
    await tx.insert(attachments).values(files.map((file) => ({ ...file, id: newId(), messageId: to })));
  });
}
