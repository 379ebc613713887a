import type { TenantTx } from "#db/tenant.ts";
import { firstIdAt } from "#server/core/ids.ts";
import { settledMs } from "./log-volumes.ts";

/** The smallest id that an event may have which was not counted ahead: ids carry the time, so that few partitions are read. */
export async function firstUncounted(tx: TenantTx, from: Date): Promise<string> {
  const [known] = await tx.raw.unsafe<{ until: Date }[]>(
    "select counted_until as until from webhook_log_counts where tenant_id = $1",
    [tx.tenantId],
    { prepare: true },
  );
  return firstIdAt(Math.max(0, Math.max(from.getTime(), known?.until.getTime() ?? 0) - settledMs));
}
