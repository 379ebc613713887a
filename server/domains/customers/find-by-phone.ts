import { eq } from "drizzle-orm";
import { customers } from "#db/schema/customers.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { findHolders, ownerOf } from "./find-holders.ts";
import { groupPeople } from "./group-people.ts";

export interface KnownByPhone {
  customerId: string;
  /** null: nothing but their number is known. */
  name: string | null;
  /** IANA zone. */
  timezone: string;
  /** Nobody else is known by this number. */
  sure: boolean;
}

/** Who is known by a number (E.164), in any spelling of it; null where nobody is. */
export async function findByPhone(ctx: Ctx, phone: string): Promise<KnownByPhone | null> {
  return withTenant(ctx, async (tx) => {
    const person = { name: null, identities: [{ kind: "phone" as const, value: phone, raw: phone }] };
    const [named] = groupPeople([{ key: phone, person }]);
    const owner = named && ownerOf(named, await findHolders({ ...ctx, tx }, [named]));
    if (!owner) return null;
    const { customerId, displayName, unnamed, shared, value } = owner.holder;
    const [customer] = await tx
      .select({ timezone: customers.timezone })
      .from(customers)
      .where(eq(customers.id, customerId));
    // Until somebody told us a name, their number stands in for it.
    const name = unnamed && displayName === value ? null : displayName;
    return customer ? { customerId, name, timezone: customer.timezone, sure: !shared && !owner.ambiguous } : null;
  });
}
