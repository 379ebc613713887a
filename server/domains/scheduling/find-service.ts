import type { TenantTx } from "#db/tenant.ts";
import { DomainError, invalid, notFound } from "#server/core/errors.ts";

/** What an appointment takes from its service. */
export interface BookedService {
  name: string;
  location: string;
  archived: boolean;
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  capacity: number;
  /** By the member who was asked about, who is active. */
  offered: boolean;
}

/** A service as it is to be booked with a member. `not_found` in another tenant. */
export async function findService(
  tx: TenantTx,
  { serviceId, userId }: { serviceId: string; userId: string },
): Promise<BookedService> {
  const [service] = await tx.raw.unsafe<BookedService[]>(statement, [tx.tenantId, serviceId, userId], {
    prepare: true,
  });
  if (!service) throw notFound();
  return service;
}

/** Refuses what is no longer offered, or not by this member. */
export function requireOffered({ archived, offered }: BookedService): void {
  if (archived) throw new DomainError("conflict", "service_archived", { fields: { serviceId: "service_archived" } });
  if (!offered) throw invalid({ userId: "not_offered" });
}

const statement = `
  select s.name, s.location, s.archived_at is not null as archived, s.duration_minutes as "durationMinutes",
         s.buffer_before_minutes as "bufferBeforeMinutes", s.buffer_after_minutes as "bufferAfterMinutes", s.capacity,
         exists (select from service_members sm
                   join memberships m on m.tenant_id = $1 and m.user_id = sm.user_id and m.status = 'active'
                  where sm.tenant_id = $1 and sm.service_id = s.id and sm.user_id = $3::uuid) as offered
    from services s where s.tenant_id = $1 and s.id = $2::uuid`;
