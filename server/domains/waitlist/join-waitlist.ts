import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError, invalid, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { findOrCreateCustomer, lockCustomer } from "#server/domains/customers/index.ts";
import type { JoinWaitlistInput } from "./schemas.ts";
import { joinWaitlistInput } from "./schemas.ts";

/** For how many services one person waits at a time. */
const mostPerCustomer = 5;

/**
 * Puts somebody on the list of those who would come if a time became free; who waits for the same service already keeps their
 * place, with the new days. Members may put anybody there; who does it by themselves only for what is offered. Refused as
 * `invalid` for days that are over, `not_found` for another tenant's, `customer_erased`, and `too_many_waits`.
 */
export async function joinWaitlist(ctx: Ctx, input: JoinWaitlistInput): Promise<{ entryId: string }> {
  const wanted = joinWaitlistInput.parse(input);
  const now = ctx.clock.now();
  if (wanted.until <= now) throw invalid({ until: "in_the_past" });
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    await requireOffered(tx, wanted);
    const { customerId } = wanted.customerId
      ? { customerId: wanted.customerId }
      : await findOrCreateCustomer(inner, wanted.customer!);
    await lockCustomer(tx, customerId);
    const { memberId: userId, serviceId, from, until, source } = wanted;
    const values = [ctx.tenantId, newId(), customerId, serviceId, userId, from, until, source, memberId(ctx), now];
    const [entry] = await tx.raw.unsafe<{ id: string }[]>(statement, values as never[], { prepare: true });
    if (!entry) throw new DomainError("conflict", "too_many_waits");
    await recordAudit(inner, {
      action: "waitlist.join",
      entityType: "waitlist_entry",
      entityId: entry.id,
      data: { serviceId, userId, from, until, source },
    });
    tx.afterCommit(() => publish(ctx.tenantId, "appointments", [entry.id]));
    return { entryId: entry.id };
  });
}

async function requireOffered(
  tx: TenantTx,
  { serviceId, memberId: userId }: { serviceId: string; memberId: string | null },
): Promise<void> {
  const [service] = await tx.raw.unsafe<{ archived: boolean; offered: boolean }[]>(
    `select archived_at is not null as archived,
            $3::uuid is null or exists (select from service_members where tenant_id = $1 and service_id = s.id and user_id = $3::uuid) as offered
       from services s where s.tenant_id = $1 and s.id = $2::uuid`,
    [tx.tenantId, serviceId, userId] as never[],
    { prepare: true },
  );
  if (!service) throw notFound();
  if (service.archived) throw invalid({ serviceId: "service_archived" });
  if (!service.offered) throw invalid({ memberId: "not_offered" });
}

const statement = `
  insert into waitlist_entries as entry
         (tenant_id, id, customer_id, service_id, user_id, from_at, until_at, status, source, created_by, created_at, updated_at)
  select $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::timestamptz, $7::timestamptz, 'waiting', $8, $9::uuid, $10::timestamptz,
         $10::timestamptz
   where (select count(*) from waitlist_entries before
           where before.tenant_id = $1 and before.customer_id = $3::uuid and before.status = 'waiting' and before.service_id <> $4::uuid)
         < ${mostPerCustomer}
  on conflict (tenant_id, customer_id, service_id) where status = 'waiting' do update
    set user_id = excluded.user_id, from_at = excluded.from_at, until_at = excluded.until_at, updated_at = excluded.updated_at
  returning id`;
