import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { phoneVariants } from "#server/core/phones.ts";
import type { Person } from "./group-people.ts";
import { samenessOf } from "./group-people.ts";

/** A customer who holds an identity. */
export type Holder = {
  kind: string;
  value: string;
  shared: boolean;
  customerId: string;
  displayName: string;
  /** Nobody has told us their name yet. */
  unnamed: boolean;
  lastContactAt: Date | null;
};

/** Who holds the identities of these people, by {@link samenessOf}; one statement whatever their number. */
export async function findHolders(ctx: Ctx, people: readonly Person[]): Promise<Map<string, Holder[]>> {
  const wanted = people.flatMap(({ identities }) =>
    identities.flatMap(({ kind, value }) =>
      (kind === "phone" ? phoneVariants(value) : [value]).map((one) => ({ kind, value: one })),
    ),
  );
  if (wanted.length === 0) return new Map();
  const holders = await withTenant(ctx, (tx) =>
    tx.execute<Holder>(sql`
      select identity.kind, identity.value, identity.shared, identity.customer_id as "customerId", customer.display_name as "displayName",
             customer.first_name is null and customer.last_name is null as unnamed, customer.last_contact_at as "lastContactAt"
        from jsonb_to_recordset(${jsonRows(wanted)}::jsonb) as wanted (kind text, value text)
       cross join lateral (select * from customer_identities where kind = wanted.kind and value = wanted.value offset 0) identity
       cross join lateral (select * from customers where id = identity.customer_id offset 0) customer`),
  );
  return Map.groupBy(holders, samenessOf);
}

/** Whose an inbound is, and whether it might as well be somebody else's. */
export interface Ownership {
  holder: Holder;
  /** Only a shared identity names them: which person it was is for a member to say. */
  ambiguous: boolean;
}

/**
 * The customer behind a person: the holder of their strongest identity. A number that several people
 * share opens on the one who was in contact last.
 */
export function ownerOf(person: Person, holders: ReadonlyMap<string, Holder[]>): Ownership | null {
  const found = person.identities.map((identity) => holders.get(samenessOf(identity)) ?? []);
  const sole = found.flat().find((holder) => !holder.shared);
  if (sole) return { holder: sole, ambiguous: false };
  const [latest, another] = found
    .flat()
    .toSorted((a, b) => Number(b.lastContactAt ?? 0) - Number(a.lastContactAt ?? 0));
  return latest ? { holder: latest, ambiguous: another !== undefined } : null;
}
