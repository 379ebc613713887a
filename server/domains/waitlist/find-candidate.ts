import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { findSlots } from "#server/domains/scheduling/index.ts";
import type { FreedTime } from "./note-opening.ts";

/** Somebody who waits, and the time that they are offered. */
export interface Candidate {
  entryId: string;
  customerId: string;
  serviceId: string;
  userId: string;
  startsAt: Date;
}

interface Waiting {
  entryId: string;
  customerId: string;
  serviceId: string;
  from: Date;
  until: Date;
}

/** Of one opening nobody looks through more of those who wait at a time. */
const mostWaiting = 50;
const dayMs = 86_400_000;
/** Days at a time for which free times are reckoned. */
const mostDays = 31;

/**
 * Who is asked next about a time that became free: the first who waits for a service that its member gives, would come then, has
 * no other offer, and was not asked about it yet; with the first time of it that is offered to everybody. null: nobody.
 */
export async function findCandidate(
  ctx: Ctx,
  tx: TenantTx,
  opening: FreedTime & { id: string; timezone: string },
): Promise<Candidate | null> {
  const { id, userId, startsAt, endsAt, timezone } = opening;
  const waiting = await tx.raw.unsafe<Waiting[]>(
    statement,
    [tx.tenantId, id, userId, startsAt, endsAt, ctx.clock.now()] as never[],
    { prepare: true },
  );
  const known = new Map<string, Date[]>();
  for (const { serviceId, from, until, ...who } of waiting) {
    if (!known.has(serviceId)) known.set(serviceId, await timesIn({ ...ctx, tx }, { ...opening, serviceId }, timezone));
    const time = known.get(serviceId)!.find((at) => at >= from && at < until);
    if (time) return { ...who, serviceId, userId, startsAt: time };
  }
  return null;
}

/** When a service can be had of a member within the time that became free. */
async function timesIn(ctx: Ctx, of: FreedTime & { serviceId: string }, timezone: string): Promise<Date[]> {
  const { serviceId, userId, startsAt, endsAt } = of;
  const first = new Date(Math.max(startsAt.getTime(), ctx.clock.now().getTime()));
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone }).format(first);
  const days = Math.min(mostDays, Math.ceil((endsAt.getTime() - first.getTime()) / dayMs) + 1);
  const { slots } = await withTenant(ctx, () => findSlots(ctx, { serviceId, userId, from: day, days }));
  return slots.map((slot) => slot.startsAt).filter((at) => at >= startsAt && at < endsAt);
}

const statement = `
  select entry.id as "entryId", entry.customer_id as "customerId", entry.service_id as "serviceId", entry.from_at as from,
         entry.until_at as until
    from waitlist_entries entry
   where entry.tenant_id = $1 and entry.status = 'waiting' and (entry.user_id is null or entry.user_id = $3::uuid)
     and entry.from_at < $5::timestamptz and entry.until_at > greatest($4::timestamptz, $6::timestamptz)
     and exists (select from service_members giver
                  where giver.tenant_id = $1 and giver.service_id = entry.service_id and giver.user_id = $3::uuid)
     and not exists (select from waitlist_offers offer
                      where offer.tenant_id = $1 and offer.entry_id = entry.id
                        and (offer.opening_id = $2::uuid or offer.status = 'open'))
   order by entry.created_at, entry.id limit ${mostWaiting}`;
