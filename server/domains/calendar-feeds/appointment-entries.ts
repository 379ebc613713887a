import type { TenantTx } from "#db/tenant.ts";

/** An appointment with what calendars need to know of its past. */
export interface AppointmentEntry {
  id: string;
  /** The first of those that it was moved from; itself where it never was. */
  rootId: string;
  /** Changes since it was first booked that calendars show. */
  sequence: number;
  status: string;
  startsAt: Date;
  endsAt: Date;
  createdAt: Date;
  updatedAt: Date;
  location: string;
  serviceName: string;
  userName: string;
  customerName: string;
  customerPhone: string | null;
  business: string;
  slug: string;
}

/** Nobody moves one more often. */
const mostMoves = 50;

/** Those that `where` finds among `appointments`, whose `$1` is the tenant, by time; one round trip. */
export function readEntries(tx: TenantTx, where: string, ...values: unknown[]): Promise<AppointmentEntry[]> {
  return tx.raw.unsafe<AppointmentEntry[]>(entriesSql(where), [tx.tenantId, ...values] as never[], { prepare: true });
}

const entriesSql = (where: string) => `
  select a.id, past.root as "rootId", past.changes as sequence, a.status, a.starts_at as "startsAt", a.ends_at as "endsAt",
         a.created_at as "createdAt", a.updated_at as "updatedAt", a.location, s.name as "serviceName",
         p.display_name as "userName", c.display_name as "customerName", c.phone as "customerPhone", t.name as business, t.slug
    from (select * from appointments where tenant_id = $1 and status <> 'held' and ${where}) a
    join tenants t on t.id = $1
   cross join lateral (
     with recursive chain as (
       select a.id, a.rescheduled_from_id, 0 as moves
       union all
       select earlier.id, earlier.rescheduled_from_id, moves + 1
         from chain join appointments earlier on earlier.tenant_id = $1 and earlier.id = chain.rescheduled_from_id
        where moves < ${mostMoves})
     select (select id from chain order by moves desc limit 1) as root,
            (select count(*)::int from chain join appointment_events e on e.tenant_id = $1 and e.appointment_id = chain.id
              where e.type in ('moved_here', 'resized', 'changed', 'cancelled', 'reopened')) as changes) past
   cross join lateral (select name from services where tenant_id = $1 and id = a.service_id offset 0) s
   cross join lateral (select display_name, phone from customers where tenant_id = $1 and id = a.customer_id offset 0) c
   cross join lateral (select display_name from user_profiles where tenant_id = $1 and user_id = a.user_id offset 0) p
   order by a.starts_at, a.id`;
