import { and, desc, eq, gte, isNotNull } from "drizzle-orm";
import { webhookLogs } from "#db/schema/webhooks.ts";
import type { TenantTx } from "#db/tenant.ts";
import { firstIdAt } from "#server/core/ids.ts";

const looksBack = 86_400_000;
/** Rejections are few by nature, and kept at most sixty a minute. */
const most = 500;

/** When each channel last refused an event for its signature, within a day. */
export async function recentRejections(tx: TenantTx, now: Date): Promise<Map<string, Date>> {
  const { id, channelId, status, reason, receivedAt, tenantId } = webhookLogs;
  const rows = await tx
    .select({ channelId, reason, receivedAt })
    .from(webhookLogs)
    .where(
      and(
        eq(tenantId, tx.tenantId),
        eq(status, "rejected"),
        gte(id, firstIdAt(now.getTime() - looksBack)),
        eq(reason, "signature_mismatch"),
        isNotNull(channelId),
      ),
    )
    .orderBy(desc(id))
    .limit(most);
  return new Map(rows.toReversed().map((row) => [row.channelId ?? "", row.receivedAt]));
}
