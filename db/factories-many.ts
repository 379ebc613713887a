import type { ISql } from "postgres";

type Fill = (tx: ISql, tenantId: string, count: number) => Promise<unknown>;

/**
 * Thousands of rows of a business at once, a few minutes apart, for the far pages of its lists, by their table: the tests
 * of plans and the bench fill with all of these. They belong to customers and members that are there; each takes a
 * transaction of their tenant.
 */
export const addMany = {
  alerts: (tx, tenantId, count) => tx`
    insert into alerts (tenant_id, id, kind, key, severity, opened_at, last_seen_at, resolved_at)
    select ${tenantId}, gen_random_uuid(), 'channel_silent', 'channel_silent:' || n, 'warning', at, at, at + interval '1 minute'
      from (select n, now() - n * interval '5 minutes' as at from generate_series(1, ${count}::int) n) one`,

  call_logs: (tx, tenantId, count) => tx`
    insert into call_logs (tenant_id, id, channel_id, provider, external_id, direction, status, started_at)
    select ${tenantId}, gen_random_uuid(), channel.id, 'vapi', 'many-' || n, 'in',
           case when n % 10 = 0 then 'no_answer' else 'completed' end, now() - n * interval '5 minutes'
      from (select id from channel_configurations where tenant_id = ${tenantId} limit 1) channel, generate_series(1, ${count}::int) n`,

  prospects: (tx, tenantId, count) => tx`
    insert into prospects (tenant_id, id, customer_id, status, status_at, interest, next_follow_up_at, created_at)
    select ${tenantId}, gen_random_uuid(), customer.id, (array['new', 'follow_up', 'qualified'])[1 + n % 3], at, 'Lampe ' || n,
           now() + n * interval '5 minutes', at
      from (select id from customers where tenant_id = ${tenantId} limit 1) customer,
           (select n, now() - n * interval '5 minutes' as at from generate_series(1, ${count}::int) n) one`,

  /** Of a service of their own, long over, spread over a thousand customers. */
  appointments: (tx, tenantId, count) => tx`
    with service as (
      insert into services (tenant_id, id, name, duration_minutes)
      values (${tenantId}, gen_random_uuid(), 'Rendez-vous ' || gen_random_uuid(), 5) returning id)
    insert into appointments (tenant_id, id, service_id, user_id, seat, customer_id, status, status_at, starts_at, ends_at, blocked_from, blocked_until)
    select ${tenantId}, gen_random_uuid(), service.id, member.user_id, 1, customer.id, case when n % 5 = 0 then 'no_show' else 'completed' end,
           at, at, at + interval '5 minutes', at, at + interval '5 minutes'
      from service,
           (select user_id from memberships where tenant_id = ${tenantId} limit 1) member,
           (select n, now() - n * interval '5 minutes' as at from generate_series(1, ${count}::int) n) one
      join (select id, (row_number() over ())::int - 1 as place, (count(*) over ())::int as others
              from (select id from customers where tenant_id = ${tenantId} limit 1000) few) customer on customer.place = n % customer.others`,

  /** Within the last year, most of them asked or answered; one of each conversation that there is. */
  surveys: (tx, tenantId, count) => tx`
    insert into surveys (tenant_id, id, conversation_id, customer_id, channel_type, status, reason, score, resolved_at, due_at)
    select ${tenantId}, gen_random_uuid(), thread.id, thread.customer_id, thread.channel_type, kind.status,
           case when kind.status = 'not_sent' then 'too_soon' end, case when kind.status = 'answered' then 1 + n % 5 end, at, at
      from (select id, customer_id, channel_type, (row_number() over ())::int as n from conversations where tenant_id = ${tenantId} limit ${count}::int) thread,
           lateral (select now() - n * (interval '360 days' / ${count}::int) as at) placed,
           lateral (select (array['asked', 'answered', 'not_sent'])[1 + n % 3] as status) kind`,

  /** Of a rule of their own. */
  automation_runs: (tx, tenantId, count) => tx`
    with rule as (
      insert into automation_rules (tenant_id, id, name, position, event, actions)
      values (${tenantId}, gen_random_uuid(), 'Règle ' || gen_random_uuid(), 1, 'message_received', '[]') returning id)
    insert into automation_runs (tenant_id, id, rule_id, origin_id, depth, event, outcome)
    select ${tenantId}, gen_random_uuid(), rule.id, gen_random_uuid(), 0, 'message_received',
           case when n % 4 = 0 then 'done' else 'not_matched' end
      from rule, generate_series(1, ${count}::int) n`,

  /** Half of them still wait; needs as many customers. */
  waitlist_entries: (tx, tenantId, count) => tx`
    with service as (
      insert into services (tenant_id, id, name, duration_minutes)
      values (${tenantId}, gen_random_uuid(), 'Attente ' || gen_random_uuid(), 30) returning id)
    insert into waitlist_entries (tenant_id, id, customer_id, service_id, from_at, until_at, status, source, created_at)
    select ${tenantId}, gen_random_uuid(), customer.id, service.id, now(), now() + interval '90 days',
           (array['waiting', 'booked', 'waiting', 'left'])[1 + n % 4], 'manual', now() - n * interval '5 minutes'
      from service,
           (select id, (row_number() over ())::int as n from customers where tenant_id = ${tenantId} limit ${count}::int) customer`,

  /** Told to the business's owner, and seen. */
  notifications: (tx, tenantId, count) => tx`
    insert into notifications (tenant_id, id, user_id, kind, subject, subject_id, seen_at, happened_at)
    select ${tenantId}, gen_random_uuid(), member.user_id, 'assigned', 'ticket', gen_random_uuid(), now(), now() - n * interval '5 minutes'
      from (select user_id from memberships where tenant_id = ${tenantId} and role = 'owner' limit 1) member,
           generate_series(1, ${count}::int) n`,
} satisfies Record<string, Fill>;
