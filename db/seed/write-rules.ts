import { newId } from "#server/core/ids.ts";
import { automationRules } from "../schema/automation.ts";
import type { TenantTx } from "../tenant.ts";
import type { DemoBusiness } from "./shape.ts";

/** Rules that work by themselves: the first is on. */
export async function writeRules(tx: TenantTx, { rules = [] }: DemoBusiness): Promise<void> {
  const rows = rules.map((rule, position) => ({
    tenantId: tx.tenantId,
    id: newId(),
    position,
    enabled: position === 0,
    ...rule,
  }));
  if (rows.length > 0) await tx.insert(automationRules).values(rows);
}
