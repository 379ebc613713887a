import { customers } from "#db/schema/customers.ts";
import { tenants } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { eq } from "drizzle-orm";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { recordCustomerChange } from "./customer-changed.ts";
import { insertIdentities, readIdentity } from "./identities.ts";
import type { CreateCustomerInput } from "./schemas.ts";
import { createCustomerInput } from "./schemas.ts";

/** Writes down somebody new. A phone or email that another customer holds is refused beside its field. */
export async function createCustomer(ctx: Ctx, input: CreateCustomerInput): Promise<{ customerId: string }> {
  const { phone, email, ...fields } = createCustomerInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const [tenant] = await tx
      .select({
        country: tenants.country,
        timezone: tenants.timezone,
        language: tenants.locale,
        currency: tenants.currency,
      })
      .from(tenants)
      .where(eq(tenants.id, ctx.tenantId));
    const identities = [
      ...(phone
        ? [{ ...(await readIdentity(ctx, tx, "phone", phone, "phone")), field: "phone", isPrimary: true }]
        : []),
      ...(email
        ? [{ ...(await readIdentity(ctx, tx, "email", email, "email")), field: "email", isPrimary: true }]
        : []),
    ];
    const customerId = newId();
    const at = ctx.clock.now();
    await tx.insert(customers).values({
      ...tenant,
      ...split(fields.displayName),
      ...given(fields),
      displayName: fields.displayName,
      tenantId: ctx.tenantId,
      id: customerId,
      source: "manual",
      createdAt: at,
      updatedAt: at,
    });
    await insertIdentities(ctx, tx, customerId, identities);
    await recordCustomerChange({ ...ctx, tx }, tx, customerId, {
      action: "create",
      data: { name: fields.displayName },
    });
    return { customerId };
  });
}

/** "Sophie Martin" → Sophie, Martin; a single word is nobody's family name. */
function split(name: string): { firstName: string | null; lastName: string | null } {
  const space = name.indexOf(" ");
  return space < 0
    ? { firstName: name, lastName: null }
    : { firstName: name.slice(0, space), lastName: name.slice(space + 1).trim() };
}

/** What was not given keeps its default. */
function given<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<T>;
}
