import type { TenantTx } from "#db/tenant.ts";
import { lockCustomer } from "#server/domains/customers/index.ts";
import type { WordedKind } from "./message-kinds.ts";
import { proposedOn } from "./message-kinds.ts";
import type { MessageKind, MessageReason } from "./plan-messages.ts";

/** A message that is due, with all that decides about it and that it says. Its row and its customer's are locked. */
export interface OwedMessage {
  id: string;
  kind: MessageKind;
  asked: boolean;
  dueAt: Date;
  appointmentId: string;
  customerId: string;
  startsAt: Date;
  endsAt: Date;
  /** Why it must not be sent, whatever clock and channels allow; null: it may. */
  reason: MessageReason | null;
  language: string;
  customerName: string;
  firstName: string;
  customerTimezone: string;
  /** What the customer, or else the first contact, prefers. */
  preferred: string | null;
  business: string;
  slug: string;
  timezone: string;
  service: string;
  member: string;
  place: string;
  /** Where it was agreed, and where the last mail about an appointment stands. */
  conversationChannelId: string | null;
  mailConversationId: string | null;
  /** It is the customer's only appointment that lies ahead: a bare answer is about it. */
  only: boolean;
  textFr: string | null;
  textEn: string | null;
  templateName: string | null;
  templateValues: Record<string, string>;
  sendFrom: string;
  sendUntil: string;
}

/**
 * The message, if it is still planned and due; null when another worker was faster, or it was dropped meanwhile. Whoever changes an
 * appointment locks its customer first, and so does this: what is read here holds until the message is written.
 */
export async function findOwed(tx: TenantTx, messageId: string, now: Date): Promise<OwedMessage | null> {
  const [whose] = await tx.raw.unsafe<{ customerId: string; erased: boolean }[]>(
    `select appointment.customer_id as "customerId", customer.erased_at is not null as erased
       from appointment_messages told
       join appointments appointment on appointment.tenant_id = $1 and appointment.id = told.appointment_id
       join customers customer on customer.tenant_id = $1 and customer.id = appointment.customer_id
      where told.tenant_id = $1 and told.id = $2::uuid and told.status = 'planned' and told.due_at <= $3::timestamptz`,
    [tx.tenantId, messageId, now] as never[],
    { prepare: true },
  );
  if (!whose) return null;
  if (!whose.erased) await lockCustomer(tx, whose.customerId);
  const [row] = await tx.raw.unsafe<(OwedMessage & { enabled: boolean | null })[]>(
    statement,
    [tx.tenantId, messageId, now] as never[],
    { prepare: true },
  );
  if (!row) return null;
  const { enabled, ...owed } = row;
  const on = enabled ?? proposedOn[owed.kind as WordedKind] ?? true;
  return { ...owed, reason: owed.reason ?? (on ? null : "turned_off") };
}

/** What customers were told last of the chain of rows that an appointment is the end of: the time, where they know it. */
const toldBefore = `
  with recursive chain as (
    select id, rescheduled_from_id, 1 as depth from appointments where tenant_id = $1 and id = appointment.rescheduled_from_id
    union all
    select earlier.id, earlier.rescheduled_from_id, depth + 1
      from chain join appointments earlier on earlier.tenant_id = $1 and earlier.id = chain.rescheduled_from_id
     where depth < 50)
  select earlier.starts_at, earlier.user_id
    from chain
    join appointments earlier on earlier.tenant_id = $1 and earlier.id = chain.id
   where exists (select from appointment_messages before
                  where before.tenant_id = $1 and before.appointment_id = chain.id and before.status = 'sent'
                    and before.kind in ('confirmation', 'change'))
   order by chain.depth limit 1`;

const statement = `
  select told.id, told.kind, told.asked, told.due_at as "dueAt", appointment.id as "appointmentId", customer.id as "customerId",
         appointment.starts_at as "startsAt", appointment.ends_at as "endsAt", customer.language, customer.display_name as "customerName",
         coalesce(customer.first_name, split_part(customer.display_name, ' ', 1)) as "firstName", customer.timezone as "customerTimezone",
         coalesce(customer.preferred_contact_method, customer.preferred_channel) as preferred, tenant.name as business, tenant.slug,
         tenant.timezone, service.name as service, coalesce(member.display_name, '') as member, appointment.location as place,
         (select channel_id from conversations where tenant_id = $1 and id = appointment.conversation_id) as "conversationChannelId",
         (select before.conversation_id from appointments other
            join appointment_messages before on before.tenant_id = $1 and before.appointment_id = other.id
           where other.tenant_id = $1 and other.customer_id = appointment.customer_id and before.channel_type = 'email'
           order by before.sent_at desc nulls last limit 1) as "mailConversationId",
         not exists (select from appointments other
                      where other.tenant_id = $1 and other.customer_id = appointment.customer_id and other.status = 'confirmed'
                        and other.starts_at > $3::timestamptz and other.id <> appointment.id) as only,
         worded.enabled, worded.text_fr as "textFr", worded.text_en as "textEn", worded.template_name as "templateName",
         coalesce(worded.template_values, '{}') as "templateValues",
         coalesce(setting.send_from, '08:00') as "sendFrom", coalesce(setting.send_until, '20:00') as "sendUntil",
         case
           when customer.erased_at is not null then 'erased'
           when customer.status = 'blocked' then 'blocked'
           when appointment.status = 'rescheduled' then 'rescheduled'
           when told.kind = 'cancellation' and appointment.status <> 'cancelled' then 'reopened'
           when told.kind = 'no_show' and appointment.status <> 'no_show' then 'over'
           when told.kind not in ('cancellation', 'no_show') and appointment.status = 'cancelled' then 'cancelled'
           when told.kind not in ('cancellation', 'no_show') and appointment.status <> 'confirmed' then 'over'
           when told.kind = 'confirmation' and appointment.confirmation_sent_at is not null and told.version = 1
             or told.kind = 'reminder_24h' and appointment.reminder_24h_sent_at is not null
             or told.kind = 'reminder_1h' and appointment.reminder_1h_sent_at is not null then 'sent_elsewhere'
           when told.kind = 'change' and (appointment.starts_at, appointment.user_id) = (${toldBefore}) then 'told_already'
         end as reason
    from appointment_messages told
    join appointments appointment on appointment.tenant_id = $1 and appointment.id = told.appointment_id
    join services service on service.tenant_id = $1 and service.id = appointment.service_id
    join customers customer on customer.tenant_id = $1 and customer.id = appointment.customer_id
    join tenants tenant on tenant.id = $1
    left join user_profiles member on member.tenant_id = $1 and member.user_id = appointment.user_id
    left join appointment_message_words worded on worded.tenant_id = $1 and worded.kind = told.kind
    left join appointment_message_settings setting on setting.tenant_id = $1
   where told.tenant_id = $1 and told.id = $2::uuid and told.status = 'planned' and told.due_at <= $3::timestamptz
     for update of told`;
