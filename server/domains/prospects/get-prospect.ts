import { memberNameOf } from "#db/look-ups.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { onwardFrom } from "./onward.ts";
import { rowColumns, rowJoins } from "./prospect-rows.ts";
import { scoreReasons } from "./score.ts";
import type { ProspectDetail, ProspectEvent, ProspectInput } from "./schemas.ts";

type Row = Omit<ProspectDetail, "reasons" | "onward" | "history" | "calls" | "appointments" | "others">;

/** All there is to know of one prospect, in one round trip. */
export async function getProspect(ctx: Ctx, { prospectId }: ProspectInput): Promise<ProspectDetail> {
  const params = [ctx.tenantId, prospectId];
  const [[row], history, calls, appointments, others] = await withTenant(ctx, (tx) => {
    const ask = <T extends object>(statement: string) => tx.raw.unsafe<T[]>(statement, params, { prepare: true });
    return Promise.all([
      ask<Row>(detailStatement),
      ask<ProspectEvent>(historyStatement),
      ask<ProspectDetail["calls"][number]>(callsStatement),
      ask<ProspectDetail["appointments"][number]>(appointmentsStatement),
      ask<ProspectDetail["others"][number]>(othersStatement),
    ]);
  });
  if (!row) throw notFound();
  return {
    ...row,
    reasons: scoreReasons(row),
    onward: [...onwardFrom(row.status)],
    calls: [...calls],
    appointments: [...appointments],
    others: [...others],
    history: [...history],
  };
}

/** Beside a prospect, of each kind. */
const most = 10;
const customerOf = "(select customer_id from prospects where tenant_id = $1 and id = $2::uuid)";

const detailStatement = `
  select ${rowColumns}, p.notes, p.qualification_notes as "qualificationNotes", p.given_score as "givenScore", p.given_by as "givenBy",
         p.converted_at as "convertedAt", p.conversion is not null as undoable, ${memberNameOf("p.created_by")} as "createdByName",
         p.conversation_id as "conversationId"
    from prospects p ${rowJoins}
   where p.tenant_id = $1 and p.id = $2::uuid`;

/** Members are named where the history holds their ids. */
const historyStatement = `
  select e.id, e.type, e.created_at as at, ${memberNameOf("e.actor_id")} as by, e.actor_type as "actorType", e.reason,
         case when e.type = 'assigned'
              then jsonb_build_object('from', ${memberNameOf("(e.data ->> 'from')::uuid")}, 'to', ${memberNameOf("(e.data ->> 'to')::uuid")})
              else e.data end as data
    from (select * from prospect_events where tenant_id = $1 and prospect_id = $2::uuid order by id desc limit 200) e
   order by e.id`;

/** Where it came from, and those in which it was spoken of. */
const callsStatement = `
  select id, started_at as "startedAt", direction from call_logs
   where tenant_id = $1 and prospect_id = $2::uuid order by started_at desc, id desc limit ${most}`;

const appointmentsStatement = `
  select a.id, a.starts_at as "startsAt", a.status,
         (select name from services where tenant_id = $1 and id = a.service_id) as "serviceName"
    from appointments a
   where a.tenant_id = $1 and a.customer_id = ${customerOf} and a.status not in ('held', 'rescheduled')
   order by a.starts_at desc, a.id desc limit ${most}`;

const othersStatement = `
  select id, interest, status from prospects
   where tenant_id = $1 and customer_id = ${customerOf} and id <> $2::uuid
   order by created_at desc, id desc limit ${most}`;
