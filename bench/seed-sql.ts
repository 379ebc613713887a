/** UUIDv7 of an instant, so that ids spread over time as real ones do. */
export const idFunctionSql = `create or replace function pg_temp.id_at(at timestamptz) returns uuid language sql volatile as $$
  select (overlay(overlay(gen_random_uuid()::text placing substr(hex, 1, 8) || '-' || substr(hex, 9, 4) from 1 for 13) placing '7' from 15 for 1))::uuid
    from lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') hex $$`;

const names = `(array['Sophie','Karim','Inès','Tom','Léa','Nadia','Paul','Awa','Hugo','Zoé','Marc','Lina'])[1 + n % 12]
  || ' ' || (array['Martin','Bernard','Diallo','Petit','Moreau','Garcia','Roux','Leroy','Faure','Girard','Bonnet'])[1 + n / 12 % 11]`;

export const customersSql = `
  with made as (
    insert into customers (tenant_id, id, display_name, segment, city, source, created_at)
    select $1::uuid, pg_temp.id_at(at), ${names}, (array['prospect','client','vip','inactive'])[1 + n % 4], 'Paris', 'whatsapp', at
      from (select n, now() - n * interval '4 minutes' as at from generate_series(1, $2::int) n) numbered
    returning id
  )
  insert into customer_identities (tenant_id, id, customer_id, kind, value, is_primary)
  select $1::uuid, gen_random_uuid(), id, 'phone', '+336' || lpad((row_number() over ())::text, 8, '0'), true from made`;

export const conversationsSql = `
  insert into conversations (tenant_id, id, customer_id, channel_id, channel_type, address_kind, address_value, status, assignee_id, last_message_at, created_at)
  select $1::uuid, pg_temp.id_at(at), id, $2::uuid, 'whatsapp', 'phone', phone,
         case when n % 5 = 0 then 'resolved' else 'open' end,
         case when n % 3 = 0 then ($4::uuid[])[1 + n % cardinality($4::uuid[])] end, at, at
    from (select id, phone, n, now() - n * interval '3 minutes' as at
            from (select id, phone, (row_number() over (order by id))::int as n from customers where tenant_id = $1::uuid) numbered
           where n <= $3::int) people`;

export const messagesSql = `
  insert into messages (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, direction, text, status, external_id, author_id, read, occurred_at, created_at)
  select $1::uuid, pg_temp.id_at(at), id, customer_id, $2::uuid, 'whatsapp', case when k % 2 = 1 then 'in' else 'out' end,
         'Bonjour, est-ce que ma commande est prête ? Message ' || k, case when k % 2 = 1 then 'received' else 'read' end,
         'wamid.bench.' || id || '.' || k, case when k % 2 = 0 then ($3::uuid[])[1] end, k < 3, at, at
    from (select id, customer_id, k, last_message_at - (4 - k) * interval '7 minutes' as at
            from conversations, generate_series(1, 4) k where tenant_id = $1::uuid) spoken`;

export const ticketsSql = `
  insert into tickets (tenant_id, id, number, subject, description, priority, status, assignee_id, customer_id, channel_type, source, preview, created_at, updated_at)
  select $1::uuid, pg_temp.id_at(at), n, 'Colis arrivé cassé, je voudrais un échange (' || n || ')', 'La lampe est arrivée avec le pied fendu.',
         (array['low','medium','medium','high','urgent'])[1 + n % 5],
         case when n % 1000 < 1000 * $4::float8 then (array['open','in_progress','waiting_customer'])[1 + n % 3] else (array['resolved','closed'])[1 + n % 2] end,
         case when n % 4 <> 0 then ($3::uuid[])[1 + n % cardinality($3::uuid[])] end,
         customers.id, 'whatsapp', 'rule', 'Bonjour, la lampe est arrivée avec le pied fendu, voici les photos', at, at
    from (select n, now() - ($2::int - n) * interval '30 seconds' as at from generate_series(1, $2::int) n) numbered
    join (select id, row_number() over (order by id) - 1 as place from customers where tenant_id = $1::uuid) customers
      on customers.place = n % $5::int`;

export const logsSql = `
  insert into webhook_logs (tenant_id, id, delivery_id, channel_id, platform, webhook_type, payload, status, external_message_id, dedupe_key, customer_identifier, attempts, processing_time_ms, received_at, processed_at)
  select $1::uuid, pg_temp.id_at(at), gen_random_uuid(), $2::uuid, 'whatsapp', case when n % 3 = 0 then 'message.text' else 'status.read' end,
         '{"field":"messages"}', case when n % 50 = 0 then 'failed' else 'processed' end, 'wamid.log.' || n, 'wamid.log.' || n, '33600000000', 1, 4, at, at
    from (select n, now() - n * (interval '30 days' / $3::int) as at from generate_series(1, $3::int) n) numbered`;
