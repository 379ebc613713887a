import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { rowColumns, rowJoins } from "./appointment-rows.ts";
import type { AppointmentDetail, AppointmentEvent, AppointmentInput } from "./schemas.ts";

/** All there is to know of one appointment, with its history from when it was first booked; one round trip. */
export async function getAppointment(ctx: Ctx, { appointmentId }: AppointmentInput): Promise<AppointmentDetail> {
  const params = [ctx.tenantId, appointmentId];
  const [found, history] = await withTenant(ctx, (tx) =>
    Promise.all([
      tx.raw.unsafe<Omit<AppointmentDetail, "history">[]>(detailStatement, params, { prepare: true }),
      tx.raw.unsafe<AppointmentEvent[]>(historyStatement, params, { prepare: true }),
    ]),
  );
  const [detail] = found;
  if (!detail) throw notFound();
  return { ...detail, history: [...history] };
}

const detailStatement = `
  select ${rowColumns}, a.internal_notes as "internalNotes",
         (extract(epoch from a.ends_at - a.starts_at) / 60)::int as "durationMinutes", s.price_cents as "priceCents", s.currency,
         t.timezone, c.timezone as "customerTimezone", maker.display_name as "createdByName",
         a.conversation_id as "conversationId", a.call_id as "callId",
         (select jsonb_build_object('id', k.id, 'number', k.number, 'subject', k.subject) from tickets k
           where k.tenant_id = $1 and k.id = a.ticket_id) as ticket,
         a.customer_confirmed_at as "customerConfirmedAt", a.move_asked_at as "moveAskedAt", a.rescheduled_from_id as "rescheduledFromId",
         (select newer.id from appointments newer
           where newer.tenant_id = $1 and newer.rescheduled_from_id = a.id and newer.rescheduled_from_id is not null) as "rescheduledToId"
    from appointments a
    join tenants t on t.id = $1 ${rowJoins}
    left join user_profiles maker on maker.tenant_id = $1 and maker.user_id = a.created_by
   where a.tenant_id = $1 and a.id = $2::uuid and a.status <> 'held'`;

/** Nobody moves one more often; a circle there cannot be, for each takes the place of an earlier one. */
const mostMoves = 50;
const historyStatement = `
  with recursive chain as (
    select id, rescheduled_from_id, 1 as depth from appointments where tenant_id = $1 and id = $2::uuid and status <> 'held'
    union all
    select earlier.id, earlier.rescheduled_from_id, depth + 1
      from chain join appointments earlier on earlier.tenant_id = $1 and earlier.id = chain.rescheduled_from_id
     where depth < ${mostMoves})
  select e.id, e.type, e.created_at as at, p.display_name as by, e.actor_type as "actorType", e.reason, e.data
    from chain
   cross join lateral (select * from appointment_events where tenant_id = $1 and appointment_id = chain.id order by id limit 200) e
    left join user_profiles p on p.tenant_id = $1 and p.user_id = e.actor_id
   order by e.id`;
