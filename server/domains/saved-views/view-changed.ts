import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";

/** After the commit, open lists look again. */
export function viewChanged(tx: TenantTx, viewId: string): void {
  tx.afterCommit(() => publish(tx.tenantId, "views", [viewId]));
}
