import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { customers } from "#db/schema/customers.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";

/**
 * The one way a customer is changed by a person: the row is locked, or it is `not_found`; `change` does
 * its work and says what to write in the audit log (null: nothing changed); watchers hear after the commit.
 */
export async function changeCustomer(
  ctx: Ctx,
  customerId: string,
  change: (
    tx: TenantTx,
    customer: typeof customers.$inferSelect,
  ) => Promise<{ action: string; data?: Record<string, unknown> } | null>,
): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [customer] = await tx
      .select()
      .from(customers)
      .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, customerId)))
      .for("update");
    if (!customer) throw notFound();
    if (customer.erasedAt) throw new DomainError("conflict", "customer_erased");
    const done = await change(tx, customer);
    if (done) await recordCustomerChange({ ...ctx, tx }, tx, customerId, done);
  });
}

/** The audit row of a change and the word to watchers. */
export async function recordCustomerChange(
  ctx: Ctx,
  tx: TenantTx,
  customerId: string,
  change: { action: string; data?: Record<string, unknown> },
): Promise<void> {
  await recordAudit(ctx, {
    action: `customer.${change.action}`,
    entityType: "customer",
    entityId: customerId,
    ...(change.data ? { data: change.data } : {}),
  });
  tx.afterCommit(() => publish(ctx.tenantId, "customers", [customerId]));
}
