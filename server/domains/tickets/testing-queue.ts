import { withTenant } from "#db/tenant.ts";

export interface AddedTickets {
  tenantId: string;
  /** Each of these has some; the rest is nobody's. */
  members?: readonly string[];
  customerId?: string;
}

/**
 * Thousands of tickets in every status and priority, of members and of nobody, in a moment. Their ids are spread evenly
 * (multiples of the golden ratio), so that one in four is one in four in the order of ids too: random ones lie in clumps, and
 * what a page reads would be a matter of luck.
 */
export async function addTickets({ tenantId, members = [], customerId }: AddedTickets, count: number): Promise<void> {
  await withTenant({ tenantId }, async (tx) => {
    await tx.raw.unsafe(
      `insert into tenant_counters (tenant_id, name, value) values ($1::uuid, 'tickets', $2::bigint)
       on conflict (tenant_id, name) do update set value = excluded.value`,
      [tenantId, count],
    );
    await tx.raw.unsafe(
      `insert into tickets (tenant_id, id, number, subject, description, priority, status, assignee_id, customer_id, channel_type,
              resolved_at, created_at, updated_at)
       select $1::uuid, (lpad(to_hex(n::bigint * 2654435769 % 4294967296), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, n, case when n % 500 = 0 then 'Lampe cassée ' else 'Question ' end || n, 'Bonjour ' || n,
              (array['low','medium','high','urgent'])[1 + n % 4], status,
              case when n % 4 < 3 and cardinality($3::uuid[]) > 0 then ($3::uuid[])[1 + n % cardinality($3::uuid[])] end, $4::uuid,
              (array['whatsapp','sms'])[1 + n % 2], case when status = 'resolved' then now() end,
              now() - n * interval '1 minute', now() - (n * 7919 % 6000) * interval '1 minute'
         from (select n, (array['open','in_progress','waiting_customer','resolved','closed'])[1 + n / 4 % 5] as status
                 from generate_series(1, $2::int) n) numbered`,
      [tenantId, count, [...members], customerId ?? null] as never[],
    );
  });
}
