import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { canonicalPhone, phoneVariants } from "#server/core/phones.ts";
import type { CustomerPage, CustomerRow } from "./customer-row.ts";
import { columns, customersPerPage } from "./customer-row.ts";
import type { ListCustomersInput } from "./schemas.ts";
import { countryOf } from "./tenant-country.ts";

/**
 * The best fifty customers whose name, town, email or phone, in any spelling, contains every word;
 * somebody who is known by exactly this number or address comes first.
 */
export async function searchCustomers(ctx: Ctx, input: ListCustomersInput & { search: string }): Promise<CustomerPage> {
  return withTenant(ctx, async (tx) => {
    const exact = await exactValues(ctx, tx, input.search);
    const params: unknown[] = [ctx.tenantId, wordsOf(input.search), exact];
    const narrow: string[] = [];
    if (input.segment) narrow.push(`and c.segment = $${params.push(input.segment)}`);
    if (input.tag) {
      narrow.push(
        `and exists (select from customer_tags g where g.tenant_id = $1 and g.customer_id = c.id and g.tag = $${params.push(input.tag.toLowerCase())})`,
      );
    }
    const rows = await tx.raw.unsafe<CustomerRow[]>(
      `with hit as materialized (
         select id, max(rank) as rank from (
           select id, rank from door.search_customers($2, ${narrow.length ? 1000 : customersPerPage})
           union all
           select customer_id, 2 from customer_identities where tenant_id = $1 and kind in ('phone', 'email', 'whatsapp_id', 'handle') and value = any($3::text[])
         ) found group by id
       )
       select ${columns} from hit join customers c on c.tenant_id = $1 and c.id = hit.id
       where true ${narrow.join(" ")} order by hit.rank desc, c.recent_at desc, c.id desc limit ${customersPerPage}`,
      params as never[],
      { prepare: true },
    );
    return { rows, next: null, previous: null, total: rows.length };
  });
}

/** Every canonical value that the words may be an identity by. */
async function exactValues(ctx: Ctx, tx: Parameters<typeof countryOf>[1], search: string): Promise<string[]> {
  const values = [search.toLowerCase()];
  if (!/\d{4}/.test(search.replace(/[\s().-]/g, ""))) return values;
  const phone = canonicalPhone(search, await countryOf(ctx, tx));
  if (phone) for (const variant of phoneVariants(phone)) values.push(variant, variant.slice(1));
  return values;
}

/** Digits are looked for together however they were grouped: « 06 39 98 » is one word, « 0033 » a plus. */
function wordsOf(search: string): string {
  if (!/^[+\d\s().-]+$/.test(search)) return search;
  return search.replace(/[\s().-]/g, "").replace(/^00/, "+");
}
