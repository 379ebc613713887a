import { jsonRows } from "#db/json-rows.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Deadlines } from "./run-clocks.ts";

/** One ticket's deadlines as {@link deadlineColumns} reads them. */
export function deadlineRow(deadlines: Deadlines | undefined): Record<string, unknown> {
  return {
    sla_policy_id: deadlines?.slaPolicyId ?? null,
    sla_clocks: deadlines?.slaClocks ?? null,
    first_response_due_at: deadlines?.firstResponseDueAt ?? null,
    next_response_due_at: deadlines?.nextResponseDueAt ?? null,
    resolution_due_at: deadlines?.resolutionDueAt ?? null,
    sla_watch_at: deadlines?.slaWatchAt ?? null,
  };
}

const instants = ["first_response_due_at", "next_response_due_at", "resolution_due_at", "sla_watch_at"];
const names = ["sla_policy_id", "sla_clocks", ...instants];

/** For `jsonb_to_recordset(…) as told (id uuid, …)`. */
export const deadlineColumns = `sla_policy_id uuid, sla_clocks jsonb, ${instants.map((name) => `${name} timestamptz`).join(", ")}`;
/** For an insert's list of columns, and what is selected into it. */
export const deadlineNames = names.join(", ");
/** `set …` of an update from such a recordset. */
export const setDeadlines = (from: string) => names.map((name) => `${name} = ${from}.${name}`).join(", ");

/** Writes many tickets' deadlines in one statement. They move nowhere in the queue by it. */
export async function writeDeadlines(
  tx: TenantTx,
  reckoned: readonly { id: string; deadlines: Deadlines }[],
): Promise<void> {
  if (reckoned.length === 0) return;
  const rows = reckoned.map(({ id, deadlines }) => ({ id, ...deadlineRow(deadlines) }));
  await tx.raw.unsafe(
    `update tickets t set ${setDeadlines("told")}
       from jsonb_to_recordset($2::text::jsonb) as told (id uuid, ${deadlineColumns})
      where t.tenant_id = $1 and t.id = told.id`,
    [tx.tenantId, jsonRows(rows)],
    { prepare: true },
  );
}
