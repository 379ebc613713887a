import type { TestDatabase } from "#db/testing.ts";

export interface SeededLog {
  tenantId: string;
  /** The last of them has few events. */
  channels: { id: string; provider: string }[];
  customers: string[];
  eventsADay: number;
}

/**
 * As many events a day in bulk, the last day's until $7: most processed, a few of every other fate; one in five hundred
 * of the last channel. Message `wamid.N` of customer N mod their number, whose phone is `336399` and five digits.
 */
const sql = `
  insert into webhook_logs (tenant_id, id, channel_id, platform, webhook_type, payload, status, reason, external_message_id, dedupe_key,
    customer_identifier, customer_id, attempts, processing_time_ms, received_at)
  select $1::uuid, (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(hash, 1, 3) || '8' || substr(hash, 4, 15))::uuid,
         case when n % 900 = 7 then null else ($2::uuid[])[place] end, ($3::text[])[place],
         case when n % 500 = 0 then 'call.report' when n % 4 = 1 then 'message.text' else 'status.read' end, '{}',
         status, case status when 'duplicate' then 'duplicate' when 'rejected' then 'signature_mismatch' when 'failed' then 'handler_error' end,
         'wamid.' || n, 'wamid.' || n, '336399' || lpad((n % cardinality($4::uuid[]))::text, 5, '0'),
         ($4::uuid[])[1 + n % cardinality($4::uuid[])], case when n % 400 = 3 then 3 else 1 end, case when n % 300 = 5 then 1500 else n % 40 end, at
    from (select n, md5($1::text || n) as hash, day.begin + (n % $5::int + 0.5) * (day.length / $5::int) as at,
                 case when n % 500 = 0 then cardinality($2::uuid[]) else 1 + n % greatest(1, cardinality($2::uuid[]) - 1) end as place,
                 case when n % 700 = 2 then 'failed' when n % 90 = 4 then 'rejected' when n % 30 = 6 then 'duplicate' else 'processed' end as status
            from (select midnight.at - ago * interval '1 day' as begin, least(interval '1 day', $7::timestamptz - midnight.at + ago * interval '1 day') as length, ago
                    from (select date_trunc('day', $7::timestamptz, 'UTC') as at) midnight, generate_series(0, $6::int - 1) ago) day,
                 generate_series(ago * $5::int + 1, (ago + 1) * $5::int) n) event`;

/** Fills `days` days of the log of each tenant, up to `until`, and lets the planner count it. */
export async function seedLog(
  { owner }: Pick<TestDatabase, "owner">,
  days: number,
  logs: SeededLog[],
  until = new Date(),
): Promise<void> {
  await owner`select door.make_log_partitions((${until}::timestamptz at time zone 'utc')::date - ${days - 1}::int, ${days})`;
  for (const { tenantId, channels, customers, eventsADay } of logs) {
    const [ids, providers] = [channels.map(({ id }) => id), channels.map(({ provider }) => provider)];
    await owner.begin(async (tx) => {
      await tx`select set_config('app.tenant_id', ${tenantId}, true)`;
      await tx.unsafe(sql, [tenantId, ids, providers, customers, eventsADay, days, until] as never[]);
    });
  }
  await owner`analyze webhook_logs`;
}
