import { jsonRows } from "#db/json-rows.ts";
import { firstOf } from "#db/look-ups.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Fact, Subject } from "./subject.ts";

type Asked = Pick<Fact, "id" | "ticketId" | "conversationId" | "messageId" | "occurredAt">;

/**
 * What facts are about, as it is now, by the fact's id: one statement for one as for hundreds. Tickets that were opened after `until` are
 * not looked at; null: after the fact.
 */
export async function readSubjects(
  tx: TenantTx,
  facts: readonly Asked[],
  until: Date | null,
): Promise<Map<string, Subject>> {
  const rows = facts.map(({ id, ticketId, conversationId, messageId, occurredAt }) => ({
    key: id,
    ticket_id: ticketId,
    conversation_id: conversationId,
    message_id: messageId,
    at: until ?? occurredAt,
  }));
  const found = await tx.raw.unsafe<(Subject & { key: string })[]>(
    statement,
    [tx.tenantId, jsonRows(rows)] as never[],
    {
      prepare: true,
    },
  );
  return new Map(found.map(({ key, ...subject }) => [key, subject]));
}

/** The ticket of what happened in a conversation: the newest that was there by then. */
const newestOfThread = `(
  select newest.id from tickets newest
   where newest.tenant_id = $1 and newest.conversation_id = told.conversation_id and newest.merged_into_id is null
     and newest.created_at <= told.at
   order by newest.id desc limit 1)`;

/** A merged conversation goes on in another. */
const statement = `
  select told.key, ticket.told as ticket, thread.told as conversation, person.told as customer,
         (select case when kind = 'call' then data ->> 'summary' else text end from messages where tenant_id = $1 and id = told.message_id) as text
    from jsonb_to_recordset($2::text::jsonb)
           as told (key text, ticket_id uuid, conversation_id uuid, message_id uuid, at timestamptz)
    left join lateral (
      select t.conversation_id, t.customer_id, jsonb_build_object(
               'id', t.id, 'number', t.number, 'status', t.status, 'priority', t.priority, 'categoryId', t.category_id, 'teamId', t.team_id,
               'assigneeId', t.assignee_id, 'source', t.source, 'subject', t.subject, 'description', t.description,
               'merged', t.merged_into_id is not null) as told
        from tickets t
       where t.tenant_id = $1 and t.id = ${firstOf("told.ticket_id", newestOfThread)} offset 0) ticket on true
    left join lateral (
      select c.customer_id, jsonb_build_object(
               'id', c.id, 'status', c.status, 'channelId', c.channel_id, 'channelType', c.channel_type, 'teamId', c.team_id,
               'assigneeId', c.assignee_id, 'subject', c.subject,
               'labelIds', array(select label_id from conversation_labels where tenant_id = $1 and conversation_id = c.id),
               'quiet', c.status = 'spam' or (select status = 'blocked' from customers where tenant_id = $1 and id = c.customer_id),
               'hours', (select business_hours from channel_configurations where tenant_id = $1 and id = c.channel_id)) as told
        from conversations c where c.tenant_id = $1 and c.id = (
         select coalesce(thread_id, id) from conversations where tenant_id = $1 and id = ${firstOf("told.conversation_id", "ticket.conversation_id")}) offset 0) thread on true
    left join lateral (
      select jsonb_build_object(
               'segment', p.segment, 'name', p.display_name,
               'firstName', coalesce(p.first_name, split_part(p.display_name, ' ', 1)),
               'tags', array(select tag from customer_tags where tenant_id = $1 and customer_id = p.id)) as told
        from customers p where p.tenant_id = $1 and p.id = ${firstOf("thread.customer_id", "ticket.customer_id")} offset 0) person on true`;
