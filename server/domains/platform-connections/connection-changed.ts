import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";

/** After the commit: open pages look again. Connections are shown with the channels that live of them. */
export function connectionChanged(tx: TenantTx, connectionId: string): void {
  tx.afterCommit(() => publish(tx.tenantId, "channels", [connectionId]));
}
