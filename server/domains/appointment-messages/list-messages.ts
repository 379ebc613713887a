import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { AppointmentMessage, OfAppointmentInput } from "./schemas.ts";

/** What the customer was and will be told of one appointment, as it stands; of those before it, their own pages tell. One round trip. */
export async function listMessages(ctx: Ctx, { appointmentId }: OfAppointmentInput): Promise<AppointmentMessage[]> {
  const params = [ctx.tenantId, appointmentId];
  const [[found], rows] = await withTenant(ctx, (tx) =>
    Promise.all([
      tx.raw.unsafe<object[]>(
        "select 1 from appointments where tenant_id = $1 and id = $2::uuid and status <> 'held'",
        params,
        { prepare: true },
      ),
      tx.raw.unsafe<AppointmentMessage[]>(statement, params, { prepare: true }),
    ]),
  );
  if (!found) throw notFound();
  return [...rows];
}

const statement = `
  select told.id, told.kind, told.status, told.reason, told.due_at as "dueAt", told.channel_type as "channelType",
         told.conversation_id as "conversationId", message.status as delivery, told.answer, told.answered_at as "answeredAt"
    from appointment_messages told
    left join lateral (select status from messages where tenant_id = $1 and id = told.message_id) message on true
   where told.tenant_id = $1 and told.appointment_id = $2::uuid
   order by told.version, told.due_at, told.id limit 100`;
