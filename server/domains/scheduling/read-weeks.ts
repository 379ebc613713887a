import type { BusinessDays } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { KeptHours } from "./member-week.ts";
import { weekOf } from "./member-week.ts";
import type { WorkingWeek } from "./working-time.ts";

/** An active member, their week, and when they take no appointments all the same. */
export interface MemberWeek {
  userId: string;
  name: string;
  /** Whether they offer any service. */
  offers: boolean;
  week: WorkingWeek;
  /** `elsewhere`: a calendar of their own says that they are busy. */
  off: { startsAt: Date; endsAt: Date; reason: string; elsewhere: boolean }[];
}

/** The weeks of all active members, by name, with what differs between two instants; one round trip. */
export async function readWeeks(
  tx: TenantTx,
  { from, until }: { from: Date; until: Date },
): Promise<{ timezone: string; members: MemberWeek[] }> {
  const ask = <Row extends object>(statement: string) =>
    tx.raw.unsafe<Row[]>(statement, [tx.tenantId, from, until] as never[], { prepare: true });
  const [[business], members] = await Promise.all([
    ask<BusinessRow>(businessStatement),
    ask<MemberRow>(membersStatement),
  ]);
  if (!business) throw new Error("a tenant's session sees its tenant");
  return {
    timezone: business.timezone,
    members: members.map(({ userId, name, offers, off, ...kept }) => ({
      userId,
      name,
      offers,
      week: weekOf(kept, business),
      off: off.map(([starts, ends, reason, elsewhere]) => ({
        startsAt: new Date(starts),
        endsAt: new Date(ends),
        reason,
        elsewhere,
      })),
    })),
  };
}

interface BusinessRow {
  timezone: string;
  businessDays: BusinessDays | null;
  holidays: string[];
}

const businessStatement = `
  select t.timezone, t.business_hours as "businessDays",
         array(select h.day::text from holidays h
                where h.tenant_id = $1 and h.day between $2::timestamptz::date - 1 and $3::timestamptz::date + 1) as holidays
    from tenants t where t.id = $1`;

interface MemberRow extends KeptHours {
  userId: string;
  name: string;
  offers: boolean;
  off: [starts: string, ends: string, reason: string, elsewhere: boolean][];
}

/** Out of the office is time off too, and so is what a member's calendar elsewhere says: that they are busy, not with what. */
const membersStatement = `
  select m.user_id as "userId", p.display_name as name, h.timezone, h.days,
         exists (select from service_members sm where sm.tenant_id = $1 and sm.user_id = m.user_id) as offers,
         (select coalesce(jsonb_agg(jsonb_build_object('day', d.day, 'spans', d.spans)), '[]') from member_days d
           where d.tenant_id = $1 and d.user_id = m.user_id
             and d.day between $2::timestamptz::date - 1 and $3::timestamptz::date + 1) as exceptions,
         (select coalesce(jsonb_agg(jsonb_build_array(o.starts_at, o.ends_at, o.reason, o.elsewhere) order by o.starts_at), '[]')
            from (select starts_at, ends_at, reason, false as elsewhere from time_off
                   where tenant_id = $1 and user_id = m.user_id and ends_at > $2::timestamptz and starts_at < $3::timestamptz
                   union all
                  select m.absent_from, m.absent_until, '', false where m.absent_until > $2::timestamptz and m.absent_from < $3::timestamptz
                   union all
                  select starts_at, ends_at, '', true from busy_blocks
                   where tenant_id = $1 and user_id = m.user_id and ends_at > $2::timestamptz and starts_at < $3::timestamptz) o) as off
    from memberships m
    join user_profiles p on p.tenant_id = $1 and p.user_id = m.user_id
    left join member_hours h on h.tenant_id = $1 and h.user_id = m.user_id
   where m.tenant_id = $1 and m.status = 'active'
   order by p.display_name, m.user_id`;
