import { and, eq } from "drizzle-orm";
import { prospects } from "#db/schema/prospects.ts";
import type { TenantTx } from "#db/tenant.ts";
import { notFound } from "#server/core/errors.ts";
import { lockCustomer } from "#server/domains/customers/index.ts";

export type Prospect = typeof prospects.$inferSelect;

/** A prospect that is to be changed, its customer locked before it. `not_found` in another tenant. */
export async function lockProspect(tx: TenantTx, prospectId: string): Promise<Prospect> {
  const one = and(eq(prospects.tenantId, tx.tenantId), eq(prospects.id, prospectId));
  const [found] = await tx.select({ customerId: prospects.customerId }).from(prospects).where(one);
  if (!found) throw notFound();
  await lockCustomer(tx, found.customerId);
  const [locked] = await tx.select().from(prospects).where(one).for("update");
  if (!locked) throw notFound();
  return locked;
}
