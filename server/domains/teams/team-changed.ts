import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";

/** After the commit: pages that show teams and who is in them look again. */
export function teamChanged(tx: TenantTx, teamId: string): void {
  tx.afterCommit(() => publish(tx.tenantId, "members", [teamId]));
}
