import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { canonicalPhone, phoneVariants } from "#server/core/phones.ts";
import type { CustomerPage, CustomerRow } from "./customer-row.ts";
import { columns, customersPerPage } from "./customer-row.ts";
import type { ListCustomersInput } from "./schemas.ts";
import { countryOf } from "./tenant-country.ts";

/**
 * The best customers (fifty, unless fewer are asked for) whose name, town, email or phone, in any spelling, has every word; where hardly anybody has, those
 * whose words look like them. Somebody who is known by exactly this number or address comes first.
 */
export async function searchCustomers(
  ctx: Ctx,
  input: ListCustomersInput & { search: string },
  most = customersPerPage,
): Promise<CustomerPage> {
  return withTenant(ctx, async (tx) => {
    const exact = await exactValues(ctx, tx, input.search);
    const params: unknown[] = [ctx.tenantId, wordsOf(input.search), exact.values, exact.whole];
    const narrow: string[] = [];
    if (input.segment) narrow.push(`and c.segment = $${params.push(input.segment)}`);
    if (input.tag) {
      narrow.push(
        `and exists (select from customer_tags g where g.tenant_id = $1 and g.customer_id = c.id and g.tag = $${params.push(input.tag.toLowerCase())})`,
      );
    }
    const rows = await tx.raw.unsafe<CustomerRow[]>(
      `with known as materialized (
         select customer_id as id from customer_identities where tenant_id = $1 and kind in ('phone', 'email', 'whatsapp_id', 'handle') and value = any($3::text[])
       ),
       hit as materialized (
         select id, max(rank) as rank from (
           select id, 2 as rank from known
           union all
           select id, rank from door.search_customers($2, ${narrow.length ? 1000 : most}, true) where not ($4 and exists (select from known))
         ) found group by id
       )
       select ${columns} from hit join customers c on c.tenant_id = $1 and c.id = hit.id
       where true ${narrow.join(" ")} order by hit.rank desc, c.recent_at desc, c.id desc limit ${most}`,
      params as never[],
      { prepare: true },
    );
    return { rows, next: null, previous: null, total: rows.length };
  });
}

/**
 * Every canonical value that the words may be an identity by. `whole`: they are a whole phone number, so that whoever
 * is known by it is meant, and nobody whose number only contains it.
 */
async function exactValues(
  ctx: Ctx,
  tx: Parameters<typeof countryOf>[1],
  search: string,
): Promise<{ values: string[]; whole: boolean }> {
  const values = [search.toLowerCase()];
  if (!/\d{4}/.test(search.replace(/[\s().-]/g, ""))) return { values, whole: false };
  const phone = canonicalPhone(search, await countryOf(ctx, tx));
  if (phone) for (const variant of phoneVariants(phone)) values.push(variant, variant.slice(1));
  return { values, whole: phone !== null };
}

/** Digits are looked for together however they were grouped: « 06 39 98 » is one word, « 0033 » a plus. */
function wordsOf(search: string): string {
  if (!/^[+\d\s().-]+$/.test(search)) return search;
  return search.replace(/[\s().-]/g, "").replace(/^00/, "+");
}
