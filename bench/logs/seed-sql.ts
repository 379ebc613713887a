/**
 * One day's events of one tenant, oldest first, so that indexes grow at their end as in life. `$1` tenant,
 * `$2` when the day begins, `$3` events (of today: until now), `$4` channels, `$5` their providers, `$6` up to which share of all
 * events each of them goes, `$7` customers.
 *
 * Most are status updates of WhatsApp; 0.05 % failed, 0.2 % took a second or longer, 0.3 % were tried again,
 * and a provider with its own kind of events brings one in twenty thousand.
 */
export const dayOfLogsSql = `
  insert into webhook_logs (tenant_id, id, delivery_id, channel_id, platform, webhook_type, payload, status, reason, external_message_id,
    dedupe_key, customer_identifier, customer_id, attempts, attempt_log, processing_time_ms, occurred_at, received_at, processed_at)
  select $1::uuid,
         (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(hash, 1, 3) || '8' || substr(hash, 4, 15))::uuid,
         hash::uuid, channel, platform, type,
         ('{"field":"messages","value":{"messaging_product":"' || platform || '","statuses":[{"id":"' || external || '","status":"' || type
           || '","recipient_id":"' || phone || '","conversation":{"id":"' || hash || '","origin":{"type":"utility"}}}]}}')::jsonb,
         status, reason, external, external || ':' || type || ':' || n, phone, case when status <> 'rejected' then customer end, attempts,
         case when attempts = 0 then '[]' else '[{"ms":' || ms || ',"outcome":"' || status || '"}]' end::jsonb,
         case when attempts > 0 then ms end, at, at, case when attempts > 0 then at end
    from (
      select *, case status
               when 'duplicate' then 'duplicate'
               when 'failed' then 'handler_error'
               when 'ignored' then case when b < 0.0002 then 'stale' else 'unsupported_type' end
               when 'rejected' then case when b < 0.01 then 'missing_signature' else 'signature_mismatch' end end as reason,
             case when status = 'rejected' then 0 when status = 'failed' then 5 when b < 0.003 then 2 else 1 end as attempts,
             (case when c < 0.002 then 1000 + 9000 * b else 2 + 60 * power(b, 4) end)::int as ms
        from (
          select numbered.*, ($4::uuid[])[nth] as channel, ($5::text[])[nth] as platform, who.id as customer, who.phone,
                 'wamid.' || $2::date || '.' || substr($1::text, 25) || '.' || n / 4 as external,
                 md5($1::text || $2::text || n) as hash,
                 case when ($5::text[])[nth] = 'vapi' then 'call.report'
                      else (array['message.text','status.sent','status.delivered','status.read'])[1 + n % 4] end as type,
                 case when a < 0.0005 then 'failed' when a < 0.0085 then 'rejected' when a < 0.035 then 'ignored'
                      when a < 0.065 then 'duplicate' else 'processed' end as status
            from (select n, random() as a, random() as b, random() as c, width_bucket(random(), $6::float8[]) + 1 as nth,
                         floor(power(random(), 3) * $7::int)::int as person,
                         $2::timestamptz + (n - 0.5) * (least(interval '1 day', now() - $2::timestamptz) / $3::int) as at
                    from generate_series(1, $3::int) n) numbered
            join bench_people who on who.tenant_id = $1::uuid and who.place = numbered.person) drawn) event
   order by at`;

/** The customers of a tenant with a phone each. `$1` tenant, `$2` how many. */
export const peopleSql = `
  insert into bench_people (tenant_id, place, id, phone)
  select $1::uuid, n, gen_random_uuid(), '336' || lpad((hashtext($1::text) & 255)::text, 3, '0') || lpad(n::text, 5, '0')
    from generate_series(0, $2::int - 1) n`;
export const customersSql = `
  insert into customers (tenant_id, id, display_name, created_at)
  select tenant_id, id, 'Client ' || place, now() from bench_people where tenant_id = $1::uuid`;
export const identitiesSql = `
  insert into customer_identities (tenant_id, id, customer_id, kind, value, is_primary)
  select tenant_id, gen_random_uuid(), id, 'phone', '+' || phone, true from bench_people where tenant_id = $1::uuid`;
