import { eq } from "drizzle-orm";
import { webhookLogs } from "#db/schema/webhooks.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";

/** Where a refused event came from. `not_found` for any other. */
export async function findRefused(ctx: Ctx, id: string) {
  const { channelId, platform, deliveryId, receivedAt, status } = webhookLogs;
  const [row] = await withTenant(ctx, (tx) =>
    tx.select({ channelId, platform, deliveryId, receivedAt, status }).from(webhookLogs).where(eq(webhookLogs.id, id)),
  );
  if (row?.status !== "rejected") throw notFound();
  return row;
}
