import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { MemberHours, MemberInput } from "./schemas.ts";

/** When each active member takes appointments, by name. */
export async function listHours(ctx: Ctx): Promise<MemberHours[]> {
  return readHours(ctx, null);
}

/** The same of one member, who may be deactivated. */
export async function getHours(ctx: Ctx, { userId }: MemberInput): Promise<MemberHours> {
  const [hours] = await readHours(ctx, userId);
  if (!hours) throw notFound();
  return hours;
}

type Kept = Omit<MemberHours, "timeOff"> & {
  timeOff: { id: string; startsAt: string; endsAt: string; reason: string }[];
};

async function readHours(ctx: Ctx, userId: string | null): Promise<MemberHours[]> {
  const rows = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<Kept[]>(statement, [ctx.tenantId, userId, ctx.clock.now()] as never[], { prepare: true }),
  );
  const instants = ({ startsAt, endsAt, ...rest }: Kept["timeOff"][number]) => ({
    ...rest,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
  });
  return rows.map((row) => ({ ...row, timeOff: row.timeOff.map(instants) }));
}

const statement = `
  select m.user_id as "userId", p.display_name as name, coalesce(h.timezone, t.timezone) as timezone,
         h.timezone is not null as "ownTimezone", h.days, t.business_hours as "businessDays",
         (select coalesce(jsonb_agg(jsonb_build_object('day', d.day, 'spans', d.spans, 'note', d.note) order by d.day), '[]')
            from member_days d
           where d.tenant_id = $1 and d.user_id = m.user_id and d.day >= ($3::timestamptz at time zone t.timezone)::date) as exceptions,
         (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'startsAt', o.starts_at, 'endsAt', o.ends_at, 'reason', o.reason)
                                    order by o.starts_at, o.id), '[]')
            from time_off o where o.tenant_id = $1 and o.user_id = m.user_id and o.ends_at > $3::timestamptz) as "timeOff"
    from memberships m
    join user_profiles p on p.tenant_id = $1 and p.user_id = m.user_id
    join tenants t on t.id = $1
    left join member_hours h on h.tenant_id = $1 and h.user_id = m.user_id
   where m.tenant_id = $1 and case when $2::uuid is null then m.status = 'active' else m.user_id = $2::uuid end
   order by p.display_name, m.user_id`;
