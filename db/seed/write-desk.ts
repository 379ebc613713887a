import type { TenantTx } from "../tenant.ts";
import type { DemoBusiness } from "./shape.ts";

const unfinished = {
  fr: "Bonjour, nous avons bien reçu votre message. Pour le délai, ",
  en: "Hello, we have your message. As for the date, ",
};
const planned = {
  fr: "Bonjour, avez-vous pu regarder notre proposition ? Nous restons à votre disposition.",
  en: "Hello, did you have a moment to look at our offer? We are here if you have questions.",
};

/**
 * What a team has on its desk: an answer begun and not finished, one that leaves in two days unless the customer writes
 * before, and what members were told of, as the threads say it.
 */
export async function writeDesk(tx: TenantTx, { locale }: DemoBusiness, now: Date): Promise<void> {
  const run = (statement: string, ...values: unknown[]) =>
    tx.raw.unsafe(statement, [tx.tenantId, ...values] as never[]);
  await run(
    `insert into drafts (tenant_id, conversation_id, user_id, text, updated_at)
     select $1, id, assignee_id, $2, $3::timestamptz from conversations
      where tenant_id = $1 and status = 'open' and not archived and assignee_id is not null and unread_count = 0 and channel_type <> 'phone'
      order by last_message_at desc, id limit 1`,
    unfinished[locale],
    now,
  );
  await run(
    `insert into scheduled_messages (tenant_id, id, conversation_id, author_id, text, idempotency_key, scheduled_for, held, unless_answered, created_at, updated_at)
     select $1, door.new_id(), id, assignee_id, $2, 'demo ' || id, date_trunc('hour', $3::timestamptz) + interval '2 days', false, true,
            $3::timestamptz, $3::timestamptz
       from conversations
      where tenant_id = $1 and status = 'open' and not archived and assignee_id is not null and channel_type = 'email'
      order by last_message_at desc, id limit 1`,
    planned[locale],
    now,
  );
  await run(
    `insert into notifications (tenant_id, id, user_id, kind, subject, subject_id, actor_id, created_at, happened_at)
     select $1, door.new_id(), called.user_id, 'mentioned', 'conversation', note.conversation_id, note.author_id, note.occurred_at, note.occurred_at
       from messages note
       join user_profiles called on called.tenant_id = $1 and strpos(note.text, '@' || called.display_name) > 0
      where note.tenant_id = $1 and note.kind = 'note'`,
  );
  await run(
    `insert into notifications (tenant_id, id, user_id, kind, subject, subject_id, times, created_at, happened_at)
     select $1, door.new_id(), assignee_id, 'answered', 'conversation', id, unread_count, last_inbound_at, last_inbound_at
       from conversations
      where tenant_id = $1 and status = 'open' and not archived and assignee_id is not null and unread_count > 0`,
  );
}
