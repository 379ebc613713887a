import type { TenantTx } from "#db/tenant.ts";
import type { Person } from "./person.ts";

/**
 * Prospects lose what the person looked for and said; that there was one, how it stood and what came of it stays. Who was still
 * to be spoken with is lost: nobody is reminded of somebody who is not known.
 */
export async function eraseProspects(tx: TenantTx, { customerId }: Person, now: Date): Promise<void> {
  const run = (statement: string, ...values: unknown[]) =>
    tx.raw.unsafe(statement, [tx.tenantId, customerId, ...values] as never[]);
  await run(
    `update prospects set interest = '', property_type = '', place = '', budget_min_cents = null, budget_max_cents = null,
            notes = '', qualification_notes = '', next_follow_up_at = null, remind_at = null, conversion = null,
            status_at = case when status in ('new', 'follow_up', 'qualified') then $3::timestamptz else status_at end,
            status = case when status in ('new', 'follow_up', 'qualified') then 'lost' else status end, updated_at = $3::timestamptz
      where tenant_id = $1 and customer_id = $2`,
    now,
  );
  await run(
    `update prospect_events set reason = '', data = jsonb_strip_nulls(jsonb_build_object('from', data -> 'from', 'to', data -> 'to', 'fields', data -> 'fields'))
      where tenant_id = $1 and prospect_id in (select id from prospects where tenant_id = $1 and customer_id = $2)`,
  );
}
