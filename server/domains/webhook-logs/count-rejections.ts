import { jsonRows } from "#db/json-rows.ts";
import { appPool } from "#db/tenant.ts";

/** Rejected events of a source and minute that were not stored. A null tenant is the platform's. */
export interface DroppedEvents {
  tenantId: string | null;
  source: string;
  minute: Date;
  dropped: number;
}

/** Adds to the counts of rejected events that were not stored. */
export async function countRejections(counts: readonly DroppedEvents[]): Promise<void> {
  const rows = counts.map(({ tenantId, ...count }) => ({ tenant_id: tenantId, ...count }));
  await appPool()`select door.count_rejections(${jsonRows(rows)}::jsonb)`;
}
