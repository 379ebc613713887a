import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { Service } from "./schemas.ts";

/** A business has few. */
const most = 300;

/** Every service with those who offer it, by name; archived ones last. */
export async function listServices(ctx: Ctx): Promise<Service[]> {
  return withTenant(ctx, (tx) => tx.raw.unsafe<Service[]>(statement, [ctx.tenantId], { prepare: true }));
}

const statement = `
  select s.id, s.name, s.description, s.duration_minutes as "durationMinutes", s.buffer_before_minutes as "bufferBeforeMinutes",
         s.buffer_after_minutes as "bufferAfterMinutes", s.price_cents as "priceCents", s.currency, s.location, s.capacity,
         s.minimum_notice_minutes as "minimumNoticeMinutes", s.horizon_days as "horizonDays", s.slot_step_minutes as "slotStepMinutes", s.online,
         s.archived_at is not null as archived,
         (select coalesce(jsonb_agg(jsonb_build_object('userId', m.user_id, 'name', p.display_name) order by p.display_name, m.user_id), '[]')
            from service_members sm
            join memberships m on m.tenant_id = $1 and m.user_id = sm.user_id and m.status = 'active'
            join user_profiles p on p.tenant_id = $1 and p.user_id = sm.user_id
           where sm.tenant_id = $1 and sm.service_id = s.id) as members
    from services s where s.tenant_id = $1 order by s.archived_at is not null, s.name, s.id limit ${most}`;
