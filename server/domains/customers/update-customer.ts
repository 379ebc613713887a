import { and, eq } from "drizzle-orm";
import { customers } from "#db/schema/customers.ts";
import type { Ctx } from "#server/core/context.ts";
import { changeCustomer } from "./customer-changed.ts";
import type { UpdateCustomerInput } from "./schemas.ts";
import { updateCustomerInput } from "./schemas.ts";

/** Changes the fields that are given; null clears. The audit row keeps before and after. */
export async function updateCustomer(ctx: Ctx, input: UpdateCustomerInput): Promise<void> {
  const { customerId, ...wanted } = updateCustomerInput.parse(input);
  await changeCustomer(ctx, customerId, async (tx, customer) => {
    const changed = (Object.keys(wanted) as (keyof typeof wanted)[]).filter(
      (field) => wanted[field] !== undefined && wanted[field] !== customer[field],
    );
    if (changed.length === 0) return null;
    await tx
      .update(customers)
      .set({ ...Object.fromEntries(changed.map((field) => [field, wanted[field]])), updatedAt: ctx.clock.now() })
      .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, customerId)));
    return {
      action: "update",
      data: Object.fromEntries(changed.map((field) => [field, { from: customer[field], to: wanted[field] }])),
    };
  });
}
