import { jsonRows } from "#db/json-rows.ts";
import type { appointmentMessageKinds, appointmentMessageReasons } from "#db/schema/appointment-messages.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";

export type MessageKind = (typeof appointmentMessageKinds)[number];
export type MessageReason = (typeof appointmentMessageReasons)[number];

/** What became of an appointment, as far as its customer is told of it. */
export interface ToldHappening {
  appointmentId: string;
  type: string;
}

/** A move or a cancellation that is taken back at once is not told: milliseconds. */
export const secondThoughtsMs = 15_000;
/** A customer who was not there is written to when the day's work allows: milliseconds. */
const afterNoShowMs = 60 * 60_000;

interface Plan {
  /** What was planned and is no longer: why. */
  drops: MessageReason | null;
  /** Told after so many milliseconds; only of what lies ahead, but for a visit that was missed. */
  tells: readonly { kind: MessageKind; afterMs: number }[];
  /** Reminders too, each at its time. */
  reminds: boolean;
}

const plans: Readonly<Record<string, Plan>> = {
  booked: { drops: null, tells: [{ kind: "confirmation", afterMs: 0 }], reminds: true },
  moved_away: { drops: "rescheduled", tells: [], reminds: false },
  moved_here: { drops: null, tells: [{ kind: "change", afterMs: secondThoughtsMs }], reminds: true },
  cancelled: { drops: "cancelled", tells: [{ kind: "cancellation", afterMs: secondThoughtsMs }], reminds: false },
  completed: { drops: "over", tells: [], reminds: false },
  no_show: { drops: "over", tells: [{ kind: "no_show", afterMs: afterNoShowMs }], reminds: false },
  reopened: { drops: "reopened", tells: [{ kind: "confirmation", afterMs: secondThoughtsMs }], reminds: true },
};

/**
 * Plans what the customer is told of what just happened to an appointment, and drops what no longer holds, in the transaction
 * in which it happens. Each kind is planned once for each row and version of it; another time is another row. Whether it is sent in the end is decided when
 * it is due. One statement.
 */
export async function planMessages(ctx: Ctx, { appointmentId, type }: ToldHappening): Promise<void> {
  const plan = plans[type];
  if (!plan) return;
  const rows = [
    ...plan.tells.map(({ kind, afterMs }) => ({ id: newId(), kind, after_ms: afterMs })),
    ...(plan.reminds ? ([{ kind: "reminder_24h" }, { kind: "reminder_1h" }] as const) : []).map(({ kind }) => ({
      id: newId(),
      kind,
      after_ms: null,
    })),
  ];
  const values = [ctx.tenantId, appointmentId, jsonRows(rows), plan.drops, ctx.clock.now(), type === "reopened"];
  await withTenant(ctx, (tx) => tx.raw.unsafe(statement, values as never[], { prepare: true }));
}

/**
 * The day before is the wall clock's: a day on which clocks change has 23 or 25 hours. A reminder that would come on the heels of
 * the booking is none. Opened again, the appointment is confirmed anew only to who was told that it would not take place, and
 * a reminder that left is not repeated.
 */
const statement = `
  with dropped as (
    update appointment_messages set status = 'not_sent', reason = $4, updated_at = $5::timestamptz
     where tenant_id = $1 and appointment_id = $2::uuid and status = 'planned' and $4::text is not null
  ), before as (
    select coalesce(max(version), 1) as version,
           coalesce(bool_or(kind = 'cancellation' and status = 'sent'), false) as told_off,
           coalesce(array_agg(kind) filter (where status = 'sent'), '{}') as sent
      from appointment_messages where tenant_id = $1 and appointment_id = $2::uuid
  ), planned as (
    select told.id, told.kind, before.version + case when $6::boolean then 1 else 0 end as version, appointment.starts_at,
           case told.kind
             when 'reminder_24h' then (appointment.starts_at at time zone tenant.timezone - interval '1 day') at time zone tenant.timezone
             when 'reminder_1h' then appointment.starts_at - interval '1 hour'
             else $5::timestamptz + told.after_ms * interval '1 millisecond' end as due_at
      from jsonb_to_recordset($3::text::jsonb) as told (id uuid, kind text, after_ms integer)
     cross join before
      join appointments appointment on appointment.tenant_id = $1 and appointment.id = $2::uuid
      join tenants tenant on tenant.id = $1
     where not $6::boolean or (told.kind = 'confirmation' and before.told_off)
        or (told.kind like 'reminder%' and told.kind <> all (before.sent))
  )
  insert into appointment_messages (tenant_id, id, appointment_id, version, kind, status, due_at, created_at, updated_at)
  select $1::uuid, id, $2::uuid, version, kind, 'planned', due_at, $5::timestamptz, $5::timestamptz
    from planned
   where (kind = 'no_show' or starts_at > $5::timestamptz)
     and (kind <> 'reminder_24h' or due_at >= $5::timestamptz + interval '1 hour')
     and (kind <> 'reminder_1h' or due_at >= $5::timestamptz + interval '15 minutes')
  on conflict (tenant_id, appointment_id, version, kind) do update
    set status = 'planned', reason = null, due_at = excluded.due_at, updated_at = excluded.updated_at
    where appointment_messages.status = 'not_sent' and appointment_messages.reason in ('over', 'reopened')`;
