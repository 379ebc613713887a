/** Whatever asks a database: a connection, or a tenant's transaction, which sees that tenant alone. */
export interface Asking {
  unsafe(query: string): PromiseLike<readonly Record<string, unknown>[]>;
}

/** The messages of a conversation and of those that are read in its thread. */
const ofThread = `tenant_id = conversation.tenant_id and conversation_id in (
  select id from conversations part where part.tenant_id = conversation.tenant_id and conversation.id in (part.id, part.thread_id))`;

/** Every number that is kept beside what counting the rows gives; each query returns the rows that disagree. */
const recounts: Record<string, string> = {
  conversations: `
    select id, message_count, unread_count, last_message_at, last_message_preview, last_inbound_at, last_outbound_at, waiting_since,
           counted.*, newest.*, waiting
      from conversations conversation, lateral (
        select count(*) filter (where direction <> 'internal') as messages,
               count(*) filter (where direction = 'in' and not read) as unread,
               max(occurred_at) filter (where direction <> 'internal') as latest,
               max(occurred_at) filter (where direction = 'in' and not coalesce(data ? 'comment', false)
                                          and conversation_id = conversation.id) as latest_in,
               max(occurred_at) filter (where direction = 'out' and status <> 'failed') as latest_out
          from messages where ${ofThread}) counted,
        lateral (
        select min(occurred_at) as waiting from messages
         where ${ofThread} and direction = 'in'
           and (kind, status) <> ('call', 'read') and not coalesce(data ?| array['automatic', 'quiet'], false)
           and occurred_at > coalesce(counted.latest_out, '-infinity')) unanswered,
        lateral (
        select array_agg(left(text, 200)) as texts, array_agg(direction) as directions from messages
         where ${ofThread} and direction <> 'internal'
           and occurred_at = counted.latest) newest
     where (message_count, unread_count) is distinct from (messages, unread)
        or last_inbound_at is distinct from latest_in or last_outbound_at is distinct from latest_out
        or waiting_since is distinct from waiting
        or (messages > 0 and (last_message_at is distinct from latest
              or coalesce(last_message_preview, '') <> all (texts) or last_message_direction <> all (directions)))`,
  customers: `
    select id, total_messages, total_conversations, total_tickets, total_appointments, total_orders, total_revenue_cents, last_order_at, last_contact_at,
           last_seen_at, recent_at, done.*
      from customers customer, lateral (
        select count(*) filter (where type = 'order') as orders,
               coalesce(sum(amount_cents) filter (where type = 'order'), 0) as cents,
               max(occurred_at) filter (where type = 'order') as ordered,
               max(occurred_at) filter (where type = any('{message_received,message_sent,email,call,visit}')) as contacted,
               max(occurred_at) filter (where type = any('{message_received,visit}')) as seen
          from customer_activities where tenant_id = customer.tenant_id and customer_id = customer.id) done
     where total_messages <> (select count(*) from messages where tenant_id = customer.tenant_id
                                 and customer_id = customer.id and direction <> 'internal')
        or total_conversations <> (select count(*) from conversations where tenant_id = customer.tenant_id
                                      and customer_id = customer.id and thread_id is null)
        or total_appointments <> (select count(*) from appointments where tenant_id = customer.tenant_id and customer_id = customer.id
                                     and status not in ('held', 'rescheduled'))
        or total_tickets <> (select count(*) from tickets where tenant_id = customer.tenant_id and customer_id = customer.id)
        or (total_orders - opening_orders, total_revenue_cents - opening_revenue_cents) is distinct from (orders, cents)
        or (last_order_at, last_contact_at, last_seen_at) is distinct from (ordered, contacted, seen)
        or recent_at is distinct from coalesce(contacted, created_at)`,
  "numbers of tickets": `
    select tenant_id, count(*), max(number), (select value from tenant_counters counter
                                               where counter.tenant_id = ticket.tenant_id and name = 'tickets') as counter
      from tickets ticket group by tenant_id
    having max(number) is distinct from (select value from tenant_counters counter
                                          where counter.tenant_id = ticket.tenant_id and name = 'tickets')
        or count(*) <> count(distinct number)`,
  "surveys per week": `
    select tenant_id, week, member_id, channel_type, kept.numbers, counted.numbers as counted
      from (select tenant_id, week, member_id, channel_type, array[asked, scored_1, scored_2, scored_3, scored_4, scored_5]::bigint[] as numbers
              from survey_weeks where asked <> 0 or scored_1 + scored_2 + scored_3 + scored_4 + scored_5 <> 0) kept
      full join (
        select tenant_id, date_trunc('week', due_at, 'UTC') as week, coalesce(member_id, '00000000-0000-0000-0000-000000000000') as member_id, channel_type,
               array[count(*), count(*) filter (where score = 1), count(*) filter (where score = 2), count(*) filter (where score = 3),
                     count(*) filter (where score = 4), count(*) filter (where score = 5)] as numbers
          from surveys where status = any ('{asked,answered}') group by 1, 2, 3, 4) counted using (tenant_id, week, member_id, channel_type)
     where kept.numbers is distinct from counted.numbers`,
  "messages per log": `
    select tenant_id, channel_id, external_id, count(*) from messages
     where external_id is not null group by 1, 2, 3 having count(*) > 1`,
  "people per address": `
    select tenant_id, kind, value, count(*) from customer_identities
     where not shared group by 1, 2, 3 having count(*) > 1`,
  "conversations per address": `
    select tenant_id, channel_id, address_kind, address_value, thread_key from conversations group by 1, 2, 3, 4, 5 having count(*) > 1`,
  "activities per message": `
    select tenant_id, message_id, type from customer_activities
     where message_id is not null group by 1, 2, 3 having count(*) > 1`,
};

/** What disagrees, by name; empty when every total is what its rows add up to. */
export async function findDrift(asking: Asking): Promise<Record<string, unknown[]>> {
  const drift: Record<string, unknown[]> = {};
  for (const [name, query] of Object.entries(recounts)) {
    const rows = await asking.unsafe(query);
    if (rows.length > 0) drift[name] = rows.slice(0, 3);
  }
  return drift;
}
