import type { TenantTx } from "#db/tenant.ts";
import type { Person } from "./person.ts";
import { namelessIn } from "./person.ts";

/**
 * Threads, messages, calls and tickets lose every word and address; when they were, how long they took and
 * who of the team worked on them stays. Files go with their rows: a trigger owes their bytes to storage.
 */
export async function eraseWork(tx: TenantTx, person: Person, now: Date): Promise<void> {
  const { conversationIds, messageIds, callIds, ticketIds, identifiers } = person;
  const run = (statement: string, ...values: unknown[]) =>
    tx.raw.unsafe(statement, [tx.tenantId, ...values] as never[]);
  await rememberFingerprints(tx, person, now);
  await run(
    `delete from attachments where tenant_id = $1 and id in (
       select id from attachments where tenant_id = $1 and message_id = any ($2::uuid[])
       union select id from attachments where tenant_id = $1 and call_id = any ($3::uuid[]))`,
    messageIds,
    callIds,
  );
  await eraseUnsent(tx, conversationIds);
  // No rule looks at what happened with them any more.
  await run(
    "delete from automation_facts where tenant_id = $1 and (conversation_id = any ($2::uuid[]) or ticket_id = any ($3::uuid[]))",
    conversationIds,
    ticketIds,
  );
  await eraseSurveys(tx, person, now);
  // At once, before triggers would do it row by row as the words go.
  await run("delete from search_texts where tenant_id = $1 and id = any ($2::uuid[])", messageIds);
  await run("delete from mail_bodies where tenant_id = $1 and message_id = any ($2::uuid[])", messageIds);
  await run("delete from message_events where tenant_id = $1 and message_id = any ($2::uuid[])", messageIds);
  await run(
    `delete from message_events where tenant_id = $1 and message_id is null and (channel_id, target_external_id) in (
       select channel_id, external_id from messages where tenant_id = $1 and id = any ($2::uuid[]))`,
    messageIds,
  );
  await run(
    `update messages set text = '', media = '[]', data = jsonb_strip_nulls(jsonb_build_object('erased', true, 'automatic', data -> 'automatic', 'quiet', data -> 'quiet')), reactions = '[]', reply_to_external_id = null, error_message = null,
            error_code = case when direction = 'out' and status in ('pending', 'unknown') then 'erased' end,
            status = case when direction = 'out' and status in ('pending', 'unknown') then 'failed' else status end,
            external_id = null, idempotency_key = null, to_address = null, template_variables = null, subject = null,
            deleted_at = coalesce(deleted_at, $3), read = true
      where tenant_id = $1 and id = any ($2::uuid[])`,
    messageIds,
    now,
  );
  await run(
    `update conversations set address_value = 'erased ' || id, thread_key = '', subject = null, participants = '{}', metadata = '{}',
            status = 'resolved', archived = true, snoozed_until = null, resolved_at = coalesce(resolved_at, $3),
            merged_into_id = null, thread_id = null, merged_state = null
      where tenant_id = $1 and id = any ($2::uuid[])`,
    conversationIds,
    now,
  );
  await run(
    `update conversations set participants = array(select one from unnest(participants) one where one <> all ($2::text[]))
      where tenant_id = $1 and participants && $2::text[]`,
    identifiers,
  );
  await run(
    "delete from conversation_labels where tenant_id = $1 and conversation_id = any ($2::uuid[])",
    conversationIds,
  );
  await eraseCalls(tx, callIds);
  await eraseTickets(tx, ticketIds);
}

/** What was being written to them, and what was to leave later, with the files that were to go along. */
async function eraseUnsent(tx: TenantTx, conversationIds: readonly string[]): Promise<void> {
  await tx.raw.unsafe(
    `with unsent as (
       delete from drafts where tenant_id = $1 and conversation_id = any ($2::uuid[]) returning attachment_ids),
     planned as (
       delete from scheduled_messages where tenant_id = $1 and conversation_id = any ($2::uuid[]) returning attachment_ids)
     delete from attachments file using (select attachment_ids from unsent union all select attachment_ids from planned) held
      where file.tenant_id = $1 and file.message_id is null and file.id = any (held.attachment_ids)`,
    [tx.tenantId, conversationIds] as never[],
  );
}

/** A score stays, of nobody; what was said with it goes, and links lead nowhere. */
async function eraseSurveys(tx: TenantTx, { customerId, conversationIds }: Person, now: Date): Promise<void> {
  await tx.raw.unsafe(
    `update surveys set comment = null, language = null, token_hash = null, token_sealed = null,
            answerable_until = least(answerable_until, $4::timestamptz), updated_at = $4::timestamptz,
            status = case status when 'planned' then 'not_sent' else status end, reason = case status when 'planned' then 'erased' else reason end
      where tenant_id = $1 and (customer_id = $2 or conversation_id = any ($3::uuid[]))`,
    [tx.tenantId, customerId, conversationIds, now] as never[],
  );
}

/** Told again by the provider, none of it comes back. */
async function rememberFingerprints(tx: TenantTx, { messageIds, callIds }: Person, now: Date): Promise<void> {
  await tx.raw.unsafe(
    `insert into erased_events (tenant_id, fingerprint, erased_at)
     select $1, encode(sha256(convert_to(channel_id || ' ' || external_id, 'UTF8')), 'hex'), $4
       from (select channel_id, external_id from messages where tenant_id = $1 and id = any ($2::uuid[]) and external_id is not null
             union select channel_id, external_id from call_logs where tenant_id = $1 and id = any ($3::uuid[])) told
     on conflict do nothing`,
    [tx.tenantId, messageIds, callIds, now] as never[],
  );
}

async function eraseCalls(tx: TenantTx, callIds: readonly string[]): Promise<void> {
  await tx.raw.unsafe(
    `update call_logs set external_id = 'erased ' || id, from_number = null, to_number = null, forwarded_from = null, recording_url = null,
            transcript = '[]', summary = null, ended_reason = null, actions_performed = '[]', metadata = '{}', reconcile_at = null
      where tenant_id = $1 and id = any ($2::uuid[])`,
    [tx.tenantId, callIds] as never[],
  );
  await tx.raw.unsafe(
    `update call_functions set key = 'erased ' || id, arguments = '{}', result = '', error = null
      where tenant_id = $1 and call_id = any ($2::uuid[])`,
    [tx.tenantId, callIds] as never[],
  );
}

/** Of the timeline's lines those stay that say nothing but a status, a priority or who works on it. */
async function eraseTickets(tx: TenantTx, ticketIds: readonly string[]): Promise<void> {
  const { ticket } = await namelessIn(tx);
  await tx.raw.unsafe(
    `delete from attachments where tenant_id = $1
        and ticket_event_id in (select id from ticket_events where tenant_id = $1 and ticket_id = any ($2::uuid[]))`,
    [tx.tenantId, ticketIds] as never[],
  );
  await tx.raw.unsafe(
    `update tickets set subject = $3, description = '', fields = '{}', preview = null, resolution_notes = null
      where tenant_id = $1 and id = any ($2::uuid[])`,
    [tx.tenantId, ticketIds, ticket] as never[],
  );
  await tx.raw.unsafe(
    `update ticket_events set data = case when type in ('status', 'resolved', 'reopened', 'closed', 'priority', 'assigned', 'survey')
                                          then jsonb_strip_nulls(jsonb_build_object('from', data -> 'from', 'to', data -> 'to')) else '{}' end
      where tenant_id = $1 and ticket_id = any ($2::uuid[])`,
    [tx.tenantId, ticketIds] as never[],
  );
}
