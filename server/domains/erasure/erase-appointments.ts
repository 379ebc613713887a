import type { TenantTx } from "#db/tenant.ts";
import type { Person } from "./person.ts";

/**
 * Appointments lose what was said about them and where they were to be; when they were, with whom of the team and what
 * became of them stays. What was still to come is cancelled: nobody waits for somebody who is not known, nor do they for a time.
 */
export async function eraseAppointments(tx: TenantTx, { customerId }: Person, now: Date): Promise<void> {
  const run = (statement: string, ...values: unknown[]) =>
    tx.raw.unsafe(statement, [tx.tenantId, customerId, ...values] as never[]);
  await run(
    `update appointments set notes = '', internal_notes = '', location = '',
            status_at = case when status = 'confirmed' and starts_at > $3::timestamptz then $3::timestamptz else status_at end,
            status = case when status = 'confirmed' and starts_at > $3::timestamptz then 'cancelled' else status end
      where tenant_id = $1 and customer_id = $2`,
    now,
  );
  await run(
    `update appointment_messages set status = 'not_sent', reason = 'erased', updated_at = $3::timestamptz
      where tenant_id = $1 and status = 'planned'
        and appointment_id in (select id from appointments where tenant_id = $1 and customer_id = $2)`,
    now,
  );
  await eraseWaiting(tx, customerId);
  await run(
    `update appointment_events set reason = '', data = jsonb_strip_nulls(jsonb_build_object('from', data -> 'from', 'to', data -> 'to'))
      where tenant_id = $1 and appointment_id in (select id from appointments where tenant_id = $1 and customer_id = $2)`,
  );
}

/** They wait for nothing any more: what was kept for them is free, their place and what they were offered go. */
async function eraseWaiting(tx: TenantTx, customerId: string): Promise<void> {
  await tx.raw.unsafe(
    `with gone as (
       delete from waitlist_entries where tenant_id = $1 and customer_id = $2 returning id)
     delete from appointments held using waitlist_offers offer, gone
      where offer.tenant_id = $1 and offer.entry_id = gone.id and offer.status = 'open'
        and held.tenant_id = $1 and held.id = offer.hold_id and held.status = 'held'`,
    [tx.tenantId, customerId],
  );
}
