import type { TenantTx } from "#db/tenant.ts";
import { DomainError, notFound } from "#server/core/errors.ts";

/**
 * A customer's row, before anything that is kept of them: whoever erases them takes it first too. `not_found` in another
 * tenant; nothing is arranged with somebody who was erased.
 */
export async function lockCustomer(tx: TenantTx, customerId: string): Promise<void> {
  const [customer] = await tx.raw.unsafe<{ erased: boolean }[]>(
    "select erased_at is not null as erased from customers where tenant_id = $1 and id = $2::uuid for no key update",
    [tx.tenantId, customerId],
    { prepare: true },
  );
  if (!customer) throw notFound();
  if (customer.erased) throw new DomainError("conflict", "customer_erased");
}
