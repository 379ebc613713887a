import { newId } from "#server/core/ids.ts";
import { savedViews } from "../schema/saved-views.ts";
import type { TenantTx } from "../tenant.ts";
import type { DemoBusiness } from "./shape.ts";
import type { SeededBusiness } from "./write-business.ts";

/** The views of lists that members gave a name. */
export async function writeViews(
  tx: TenantTx,
  { views = [] }: DemoBusiness,
  { memberIds }: SeededBusiness,
): Promise<void> {
  const rows = views.map(({ owner, ...view }) => ({
    tenantId: tx.tenantId,
    id: newId(),
    ownerId: memberIds.get(owner)!,
    ...view,
  }));
  if (rows.length > 0) await tx.insert(savedViews).values(rows);
}
