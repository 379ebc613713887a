import { customerActivities } from "#db/schema/customers.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { changeCustomer } from "./customer-changed.ts";
import type { LogInteractionInput } from "./schemas.ts";
import { logInteractionInput } from "./schemas.ts";

/** Writes down a call, a visit, an e-mail or an order that happened elsewhere. Orders add to revenue. */
export async function logInteraction(ctx: Ctx, input: LogInteractionInput): Promise<void> {
  const { customerId, type, description, amountCents, currency, occurredAt } = logInteractionInput.parse(input);
  await changeCustomer(ctx, customerId, async (tx, customer) => {
    const at = ctx.clock.now();
    const order = type === "order" ? { amountCents: amountCents ?? 0, currency: currency ?? customer.currency } : {};
    await tx.insert(customerActivities).values({
      tenantId: ctx.tenantId,
      id: newId(),
      customerId,
      type,
      description,
      createdBy: memberId(ctx),
      occurredAt: occurredAt ?? at,
      createdAt: at,
      ...order,
    });
    return { action: "log_interaction", data: { type, ...order } };
  });
}
