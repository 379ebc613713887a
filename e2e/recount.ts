import type { Sql } from "postgres";

/** Every kept number beside what counting the rows gives; each query returns the rows that disagree. */
const recounts: Record<string, string> = {
  conversations: `
    select id, message_count, unread_count, counted.*
      from conversations conversation, lateral (
        select count(*) filter (where direction <> 'internal') as messages,
               count(*) filter (where direction = 'in' and not read) as unread,
               max(occurred_at) filter (where direction <> 'internal') as latest,
               max(occurred_at) filter (where direction = 'in' and not coalesce(data ? 'comment', false)) as latest_in,
               max(occurred_at) filter (where direction = 'out' and status <> 'failed') as latest_out
          from messages where tenant_id = conversation.tenant_id and conversation_id = conversation.id) counted,
        lateral (
        select min(occurred_at) as waiting from messages
         where tenant_id = conversation.tenant_id and conversation_id = conversation.id and direction = 'in'
           and (kind, status) <> ('call', 'read') and not coalesce(data ?| array['automatic', 'quiet'], false)
           and occurred_at > coalesce(counted.latest_out, '-infinity')) unanswered
     where (message_count, unread_count) is distinct from (messages, unread)
        or last_inbound_at is distinct from latest_in or last_outbound_at is distinct from latest_out
        or waiting_since is distinct from waiting
        or (messages > 0 and last_message_at is distinct from latest)`,
  customers: `
    select id, total_messages, total_conversations, total_tickets, total_orders, total_revenue_cents
      from customers customer
     where total_messages <> (select count(*) from messages where tenant_id = customer.tenant_id
                                 and customer_id = customer.id and direction <> 'internal')
        or total_conversations <> (select count(*) from conversations where tenant_id = customer.tenant_id and customer_id = customer.id)
        or total_tickets <> (select count(*) from tickets where tenant_id = customer.tenant_id and customer_id = customer.id)
        or total_orders - opening_orders <> (select count(*) from customer_activities where tenant_id = customer.tenant_id
                                                and customer_id = customer.id and type = 'order')`,
  "messages per log": `
    select tenant_id, channel_id, external_id, count(*) from messages
     where external_id is not null group by 1, 2, 3 having count(*) > 1`,
  "people per address": `
    select tenant_id, kind, value, count(*) from customer_identities
     where not shared group by 1, 2, 3 having count(*) > 1`,
  "conversations per address": `
    select tenant_id, channel_id, address_kind, address_value from conversations group by 1, 2, 3, 4 having count(*) > 1`,
  "activities per message": `
    select tenant_id, message_id, type from customer_activities
     where message_id is not null group by 1, 2, 3 having count(*) > 1`,
};

/** What disagrees, by name; empty when every total is what its rows add up to. */
export async function findDrift(sql: Sql): Promise<Record<string, unknown[]>> {
  const drift: Record<string, unknown[]> = {};
  for (const [name, query] of Object.entries(recounts)) {
    const rows = await sql.unsafe(query);
    if (rows.length > 0) drift[name] = [...rows].slice(0, 3);
  }
  return drift;
}

/** Events that are stored and not applied yet. */
export async function countWaiting(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from webhook_logs where status in ('received', 'retrying')`;
  return row?.count ?? 0;
}
