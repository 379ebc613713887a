import { tenants } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { canonicalPhone, phoneVariants } from "#server/core/phones.ts";

/** Whom a search of the log may mean. */
export interface PeopleFound {
  customerIds: string[];
  /** What providers may call them: the words themselves, and every spelling of each of their addresses. */
  identifiers: string[];
}

/** A search that names more people than this names nobody in particular. */
const mostPeople = 20;

/**
 * People by a phone in any spelling, a mail address, an id of a provider, or words of their name. Their
 * addresses come along: an event that was refused was never read, so no customer stands in its row.
 */
export async function searchPeople(tx: TenantTx, search: string): Promise<PeopleFound> {
  const [tenant] = await tx.select({ country: tenants.country }).from(tenants);
  const phone = canonicalPhone(search, tenant?.country) ?? canonicalPhone(`+${search.replace(/\D/g, "")}`);
  const written = [search, search.toLowerCase(), ...(phone ? phoneVariants(phone) : [])].flatMap(spellings);
  const held = await tx.raw.unsafe<{ customerId: string; value: string | null }[]>(
    `with hit as materialized (
       select customer_id as id from customer_identities
        where tenant_id = $1 and kind in ('phone', 'email', 'whatsapp_id', 'whatsapp_user_id', 'instagram_id', 'handle') and value = any ($2::text[])
       union
       select id from door.search_customers($3, ${mostPeople})
     )
     select hit.id as "customerId", identity.value
       from (select id from hit limit ${mostPeople}) hit
            left join customer_identities identity on identity.tenant_id = $1 and identity.customer_id = hit.id`,
    [tx.tenantId, [...new Set(written)], named(search)] as never[],
    { prepare: true },
  );
  const theirs = held.flatMap(({ value }) => (value === null ? [] : spellings(value)));
  return {
    customerIds: [...new Set(held.map((row) => row.customerId))],
    identifiers: [...new Set([...written, ...theirs])],
  };
}

/** Words that may be a name; ids and numbers are looked up whole. */
function named(search: string): string | null {
  return /\p{L}{2}/u.test(search) && search.length <= 80 ? search : null;
}

/** A number as each provider writes it. */
function spellings(value: string): string[] {
  return /^\+\d+$/.test(value) ? [value, value.slice(1), `whatsapp:${value}`] : [value];
}
