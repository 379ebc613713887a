import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { notify } from "#server/domains/notifications/index.ts";
import type { AppointmentAnswer } from "./read-answer.ts";

/** What a customer answered to a message about their appointment. */
export interface GivenAnswer {
  /** Of the row of `appointment_messages`. */
  id: string;
  answer: AppointmentAnswer;
  /** By the provider's clock. */
  at: Date;
  /** In whose thread it is read. */
  conversationId: string;
}

interface Recorded {
  appointmentId: string;
  userId: string;
  answer: AppointmentAnswer;
}

/**
 * Keeps answers: the appointment is confirmed by its customer; or they want another time, which its member is told, and the link by which they
 * choose one is owed at once. Both stand in its history. The latest of several counts; the same one again changes nothing. One statement
 * for any number, and none where there are none.
 */
export async function recordAnswers(ctx: Ctx, given: readonly GivenAnswer[]): Promise<void> {
  if (given.length === 0) return;
  const latest = new Map(given.toSorted((a, b) => Number(a.at) - Number(b.at)).map((one) => [one.id, one]));
  const rows = [...latest.values()].map(({ id, answer, at }) => ({
    id,
    answer,
    at: at.toISOString(),
    event_id: newId(),
    link_id: newId(),
  }));
  await withTenant(ctx, async (tx) => {
    const values = [ctx.tenantId, jsonRows(rows), ctx.clock.now(), ctx.actor.type];
    const recorded = await tx.raw.unsafe<(Recorded & { id: string })[]>(statement, values as never[], {
      prepare: true,
    });
    await notify(
      { ...ctx, tx },
      recorded.flatMap(({ id, userId, answer }) =>
        answer === "move"
          ? [
              {
                userId,
                kind: "answered" as const,
                subject: "conversation" as const,
                subjectId: latest.get(id)!.conversationId,
              },
            ]
          : [],
      ),
    );
    if (recorded.length === 0) return;
    const ids = recorded.map(({ appointmentId }) => appointmentId);
    tx.afterCommit(() => publish(ctx.tenantId, "appointments", ids));
  });
}

const statement = `
  with given as (
    select * from jsonb_to_recordset($2::text::jsonb) as given (id uuid, answer text, at timestamptz, event_id uuid, link_id uuid)
  ), answered as (
    update appointment_messages told
       set answer = given.answer, answered_at = given.at, updated_at = $3::timestamptz
      from given
     where told.tenant_id = $1 and told.id = given.id and told.status = 'sent' and told.answer is distinct from given.answer
    returning told.id, told.appointment_id, told.version, given.answer, given.at, given.event_id, given.link_id
  ), marked as (
    update appointments appointment
       set customer_confirmed_at = case answered.answer when 'confirmed' then answered.at else appointment.customer_confirmed_at end,
           move_asked_at = case answered.answer when 'move' then answered.at end, updated_at = $3::timestamptz
      from answered
     where appointment.tenant_id = $1 and appointment.id = answered.appointment_id and appointment.status = 'confirmed'
    returning appointment.id, appointment.user_id
  ), noted as (
    insert into appointment_events (tenant_id, id, appointment_id, type, actor_type, created_at)
    select $1, event_id, appointment_id, case answer when 'confirmed' then 'customer_confirmed' else 'move_asked' end, $4, $3::timestamptz
      from answered join marked on marked.id = answered.appointment_id
  ), linked as (
    insert into appointment_messages (tenant_id, id, appointment_id, version, kind, status, due_at, created_at, updated_at)
    select $1, link_id, appointment_id, version, 'move_link', 'planned', $3::timestamptz, $3::timestamptz, $3::timestamptz
      from answered join marked on marked.id = answered.appointment_id
     where answer = 'move'
    on conflict (tenant_id, appointment_id, version, kind) do nothing
  )
  select answered.id, answered.appointment_id as "appointmentId", answered.answer, marked.user_id as "userId"
    from answered join marked on marked.id = answered.appointment_id`;
