import type { channelTypes } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { createCustomer } from "./create-customer.ts";
import { findHolders, ownerOf } from "./find-holders.ts";
import { groupPeople } from "./group-people.ts";
import { readIdentity } from "./identities.ts";
import { lockIdentities } from "./resolve-customers.ts";

/** Somebody as they are written down: a name, and a phone or an email to know them by. */
export interface WrittenPerson {
  displayName: string;
  phone?: string | undefined;
  email?: string | undefined;
  /** Of somebody new: what they asked for. */
  language?: "fr" | "en" | undefined;
  preferredChannel?: (typeof channelTypes)[number] | undefined;
}

/**
 * The customer who is known by this phone or email, in any spelling, else a new one of this name. What a member writes
 * about somebody known changes nothing of them. A value that is none is refused beside its field.
 */
export async function findOrCreateCustomer(ctx: Ctx, person: WrittenPerson): Promise<{ customerId: string }> {
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const identities = [
      ...(person.phone ? [await readIdentity(ctx, tx, "phone", person.phone, "phone")] : []),
      ...(person.email ? [await readIdentity(ctx, tx, "email", person.email, "email")] : []),
    ];
    const people = groupPeople([{ key: "one", person: { name: person.displayName, identities } }]);
    // Nobody else makes the same customer meanwhile.
    for (const look of [() => Promise.resolve(), () => lockIdentities(tx, people)]) {
      await look();
      const holders = await findHolders(inner, people);
      const owner = people[0] && ownerOf(people[0], holders);
      if (owner) return { customerId: owner.holder.customerId };
    }
    return createCustomer(inner, person);
  });
}
