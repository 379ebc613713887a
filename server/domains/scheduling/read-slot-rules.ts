import type { BusinessDays } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { notFound } from "#server/core/errors.ts";
import type { MemberTime, SlotRules, TakenSeat } from "./free-slots.ts";
import { weekOf } from "./member-week.ts";

/** Further than a block reaches to either side of its appointment's start: a day of service, a day of buffer. */
const reachMs = 3 * 86_400_000;

export interface SlotQuestion {
  serviceId: string;
  /** Without: everybody who offers it. */
  userId?: string | undefined;
  /** An appointment that takes no time: it would give up its own. */
  except?: string | undefined;
  from: Date;
  until: Date;
  now: Date;
}

export interface SlotKnowledge {
  rules: SlotRules & { archived: boolean };
  timezone: string;
  members: MemberTime[];
}

/** All that free slots depend on, in one round trip. `not_found` for another tenant's service. */
export async function readSlotRules(
  tx: TenantTx,
  { serviceId, userId, except, ...span }: SlotQuestion,
): Promise<SlotKnowledge> {
  const from = new Date(span.from.getTime() - reachMs);
  const until = new Date(span.until.getTime() + reachMs);
  const ask = <Row extends object>(statement: string, ...values: unknown[]) =>
    tx.raw.unsafe<Row[]>(statement, [tx.tenantId, serviceId, ...values] as never[], { prepare: true });
  const [services, members, taken] = await Promise.all([
    ask<ServiceRow>(serviceStatement, from, until),
    ask<MemberRow>(membersStatement, userId ?? null, from, until),
    ask<TakenRow>(takenStatement, userId ?? null, from, until, span.now, except ?? null, span.from, span.until),
  ]);
  const [service] = services;
  if (!service) throw notFound();
  const { timezone, businessDays, holidays, ...rules } = service;
  const seats = Map.groupBy(taken, (seat) => seat.userId);
  return {
    rules,
    timezone,
    members: members.map((member) => ({
      userId: member.userId,
      week: weekOf(member, { timezone, businessDays, holidays }),
      off: member.off.map(([starts, ends]) => [Date.parse(starts), Date.parse(ends)] as const),
      taken: (seats.get(member.userId) ?? []).map(seatOf),
    })),
  };
}

interface ServiceRow extends SlotRules {
  archived: boolean;
  timezone: string;
  businessDays: BusinessDays | null;
  holidays: string[];
}

const serviceStatement = `
  select s.id as "serviceId", s.archived_at is not null as archived,
         s.duration_minutes as "durationMinutes", s.buffer_before_minutes as "bufferBeforeMinutes",
         s.buffer_after_minutes as "bufferAfterMinutes", s.capacity, s.minimum_notice_minutes as "minimumNoticeMinutes",
         s.horizon_days as "horizonDays", s.slot_step_minutes as "slotStepMinutes",
         t.timezone, t.business_hours as "businessDays",
         array(select h.day::text from holidays h
                where h.tenant_id = $1 and h.day between $3::timestamptz::date and $4::timestamptz::date) as holidays
    from services s join tenants t on t.id = s.tenant_id
   where s.tenant_id = $1 and s.id = $2::uuid`;

interface MemberRow {
  userId: string;
  timezone: string | null;
  days: BusinessDays | null;
  exceptions: { day: string; spans: { from: string; to: string }[] }[];
  off: [starts: string, ends: string][];
}

/** Out of the office is time off too, and so is what a member's calendar elsewhere says. */
const membersStatement = `
  select m.user_id as "userId", h.timezone, h.days,
         (select coalesce(jsonb_agg(jsonb_build_object('day', d.day, 'spans', d.spans)), '[]') from member_days d
           where d.tenant_id = $1 and d.user_id = m.user_id and d.day between $4::timestamptz::date and $5::timestamptz::date) as exceptions,
         (select coalesce(jsonb_agg(jsonb_build_array(o.starts_at, o.ends_at) order by o.starts_at), '[]')
            from (select starts_at, ends_at from time_off
                   where tenant_id = $1 and user_id = m.user_id and ends_at > $4::timestamptz and starts_at < $5::timestamptz
                   union all
                  select m.absent_from, m.absent_until where m.absent_until > $4::timestamptz and m.absent_from < $5::timestamptz
                   union all
                  select starts_at, ends_at from busy_blocks
                   where tenant_id = $1 and user_id = m.user_id and ends_at > $4::timestamptz and starts_at < $5::timestamptz) o) as off
    from service_members sm
    join memberships m on m.tenant_id = $1 and m.user_id = sm.user_id and m.status = 'active'
    left join member_hours h on h.tenant_id = $1 and h.user_id = m.user_id
   where sm.tenant_id = $1 and sm.service_id = $2::uuid and ($3::uuid is null or sm.user_id = $3::uuid)
   order by m.user_id`;

interface TakenRow {
  userId: string;
  serviceId: string;
  startsAt: Date;
  blockedFrom: Date;
  blockedUntil: Date;
}

/** What is held for nobody any longer takes no seat. */
const takenStatement = `
  select a.user_id as "userId", a.service_id as "serviceId", a.starts_at as "startsAt", a.blocked_from as "blockedFrom",
         a.blocked_until as "blockedUntil"
    from service_members sm
    join services s on s.tenant_id = $1 and s.id = $2::uuid
   cross join lateral (
     select * from appointments
      where tenant_id = $1 and user_id = sm.user_id and starts_at between $4::timestamptz and $5::timestamptz
        and status in ('held', 'confirmed') and id is distinct from $7::uuid
        and blocked_until > $8::timestamptz - make_interval(mins => s.buffer_before_minutes)
        and blocked_from < $9::timestamptz + make_interval(mins => s.duration_minutes + s.buffer_after_minutes) offset 0) a
   where sm.tenant_id = $1 and sm.service_id = $2::uuid and ($3::uuid is null or sm.user_id = $3::uuid)
     and (a.held_until is null or a.held_until > $6::timestamptz)
   order by a.blocked_from`;

const seatOf = ({ serviceId, startsAt, blockedFrom, blockedUntil }: TakenRow): TakenSeat => ({
  serviceId,
  startsAt: startsAt.getTime(),
  blockedFrom: blockedFrom.getTime(),
  blockedUntil: blockedUntil.getTime(),
});
