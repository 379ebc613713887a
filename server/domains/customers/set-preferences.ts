import { customerCommunicationPreferences } from "#db/schema/customers.ts";
import { and, eq } from "drizzle-orm";
import type { Ctx } from "#server/core/context.ts";
import { changeCustomer } from "./customer-changed.ts";
import type { SetPreferencesInput } from "./schemas.ts";
import { setPreferencesInput } from "./schemas.ts";

/** Writes what the customer agreed to. Since when they consent to marketing is kept until they no longer do. */
export async function setPreferences(ctx: Ctx, input: SetPreferencesInput): Promise<void> {
  const { customerId, ...wanted } = setPreferencesInput.parse(input);
  await changeCustomer(ctx, customerId, async (tx) => {
    const table = customerCommunicationPreferences;
    const [before] = await tx
      .select()
      .from(table)
      .where(and(eq(table.tenantId, ctx.tenantId), eq(table.customerId, customerId)));
    const at = ctx.clock.now();
    const values = {
      ...wanted,
      marketingConsentAt: wanted.marketingConsent ? (before?.marketingConsentAt ?? at) : null,
      updatedAt: at,
    };
    await tx
      .insert(table)
      .values({ tenantId: ctx.tenantId, customerId, ...values })
      .onConflictDoUpdate({ target: [table.tenantId, table.customerId], set: values });
    return { action: "set_preferences", data: wanted };
  });
}
