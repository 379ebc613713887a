import { asc, eq, sql } from "drizzle-orm";
import { holidays, slaPolicies } from "#db/schema/sla.ts";
import { tenants } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";

/** Open tickets that follow a policy are counted up to here. */
const mostCounted = 10_000;
const openTicketsOf = sql<number>`(
  select count(*)::int from (
    select 1 from tickets t
     where t.tenant_id = sla_policies.tenant_id and t.sla_policy_id = sla_policies.id
       and t.status in ('open', 'in_progress', 'waiting_customer')
     limit ${sql.raw(String(mostCounted))}) followers)`;

/** What the page of response times shows: policies in the order in which they are tried, hours, and days off. */
export async function getSlaSettings(ctx: Ctx) {
  return withTenant(ctx, async (tx) => {
    const isDefault = sql<boolean>`${slaPolicies.priorities} = '{}' and ${slaPolicies.channels} = '{}'`;
    const [[tenant], policies, days] = await Promise.all([
      tx
        .select({ timezone: tenants.timezone, businessHours: tenants.businessHours })
        .from(tenants)
        .where(eq(tenants.id, ctx.tenantId)),
      tx
        .select({
          id: slaPolicies.id,
          name: slaPolicies.name,
          priorities: slaPolicies.priorities,
          channels: slaPolicies.channels,
          firstResponseMinutes: slaPolicies.firstResponseMinutes,
          nextResponseMinutes: slaPolicies.nextResponseMinutes,
          resolutionMinutes: slaPolicies.resolutionMinutes,
          warnMinutes: slaPolicies.warnMinutes,
          escalatePriority: slaPolicies.escalatePriority,
          escalateAssigneeId: slaPolicies.escalateAssigneeId,
          isDefault,
          openTickets: openTicketsOf,
        })
        .from(slaPolicies)
        .where(eq(slaPolicies.tenantId, ctx.tenantId))
        .orderBy(asc(isDefault), asc(slaPolicies.position), asc(slaPolicies.id)),
      tx
        .select({ day: holidays.day, name: holidays.name })
        .from(holidays)
        .where(eq(holidays.tenantId, ctx.tenantId))
        .orderBy(asc(holidays.day)),
    ]);
    if (!tenant) throw notFound();
    return { ...tenant, policies, holidays: days };
  });
}
