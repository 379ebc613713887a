import type { TenantTx } from "#db/tenant.ts";
import { instantOf } from "#server/core/ids.ts";
import { quarterOf, settledMs } from "./log-volumes.ts";

/** Events changed: the quarters among theirs that may have been counted already are counted again. */
export async function askForRecount(tx: TenantTx, ids: readonly string[], now: Date): Promise<void> {
  const counted = ids.map(instantOf).filter((at) => now.getTime() - at.getTime() > settledMs / 2);
  if (counted.length === 0) return;
  const quarters = [...new Set(counted.map((at) => quarterOf(at).toISOString()))];
  await tx.raw.unsafe(
    `insert into webhook_log_recounts (tenant_id, quarter) select $1, unnest($2::text[])::timestamptz order by 2 on conflict do nothing`,
    [tx.tenantId, quarters] as never[],
    { prepare: true },
  );
}
