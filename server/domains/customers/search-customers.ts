import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { canonicalPhone, phoneVariants } from "#server/core/phones.ts";
import type { CustomerPage, CustomerRow } from "./customer-row.ts";
import { columns, customersPerPage } from "./customer-row.ts";
import type { ListCustomersInput } from "./schemas.ts";
import { countryOf } from "./tenant-country.ts";

/** How many that match alike are told apart by when they were last in contact. */
const mostRanked = { all: 300, narrowed: 1000 };

/**
 * The best fifty customers whose name, town, email or phone, in any spelling, has every word; where hardly anybody has, those
 * whose words look like them. Somebody who is known by exactly this number or address comes first.
 */
export async function searchCustomers(ctx: Ctx, input: ListCustomersInput & { search: string }): Promise<CustomerPage> {
  return withTenant(ctx, async (tx) => {
    const params: unknown[] = [ctx.tenantId];
    const narrow: string[] = [];
    if (input.segment) narrow.push(`and c.segment = $${params.push(input.segment)}`);
    if (input.tag) {
      narrow.push(
        `and exists (select from customer_tags g where g.tenant_id = $1 and g.customer_id = c.id and g.tag = $${params.push(input.tag.toLowerCase())})`,
      );
    }
    const most = narrow.length ? mostRanked.narrowed : mostRanked.all;
    const hit = hitIn(params, { ...(await exactValues(ctx, tx, input.search)), search: input.search, most });
    const rows = await tx.raw.unsafe<CustomerRow[]>(
      `${hit} select ${columns} from ${hitCustomers} where true ${narrow.join(" ")} order by ${bestFirst} limit ${customersPerPage}`,
      params as never[],
      { prepare: true },
    );
    return { rows, next: null, previous: null, total: rows.length };
  });
}

/** The ids alone, as many as are asked for. */
export async function rankCustomers(ctx: Ctx, search: string, most: number): Promise<string[]> {
  return withTenant(ctx, async (tx) => {
    const params: unknown[] = [ctx.tenantId];
    const hit = hitIn(params, { ...(await exactValues(ctx, tx, search)), search, most });
    const rows = await tx.raw.unsafe<{ id: string }[]>(
      `${hit} select c.id from ${hitCustomers} order by ${bestFirst} limit ${most}`,
      params as never[],
      { prepare: true },
    );
    return rows.map(({ id }) => id);
  });
}

/** Customers by their ids, in that order. */
export async function readCustomers(ctx: Ctx, ids: readonly string[]): Promise<CustomerRow[]> {
  if (ids.length === 0) return [];
  return withTenant(ctx, (tx) =>
    tx.raw.unsafe<CustomerRow[]>(
      `select ${columns} from unnest($2::uuid[]) with ordinality as wanted (id, place)
         join customers c on c.tenant_id = $1 and c.id = wanted.id order by wanted.place`,
      [ctx.tenantId, ids] as never[],
      { prepare: true },
    ),
  );
}

/** Each by its key: planned for any words, PostgreSQL would rather read everybody. */
const hitCustomers = `hit cross join lateral (select * from customers where tenant_id = $1 and id = hit.id offset 0) c`;
const bestFirst = "hit.rank desc, c.recent_at desc, c.id desc";

interface Wanted extends ExactValues {
  search: string;
  most: number;
}

/** `hit`: who matches, and how well. The tenant is `$1`; what it asks with is added to `params`. */
function hitIn(params: unknown[], { search, values, whole, most }: Wanted): string {
  const [words, exact, only] = [params.push(wordsOf(search)), params.push(values), params.push(whole)];
  return `with known as materialized (
         select customer_id as id from customer_identities where tenant_id = $1 and kind in ('phone', 'email', 'whatsapp_id', 'handle') and value = any($${exact}::text[])
       ),
       hit as materialized (
         select id, max(rank) as rank from (
           select id, 2 as rank from known
           union all
           select id, rank from door.search_customers($${words}, ${most}, true) where not ($${only} and exists (select from known))
         ) found group by id
       )`;
}

interface ExactValues {
  values: string[];
  whole: boolean;
}

/**
 * Every canonical value that the words may be an identity by. `whole`: they are a whole phone number, so that whoever
 * is known by it is meant, and nobody whose number only contains it.
 */
async function exactValues(ctx: Ctx, tx: Parameters<typeof countryOf>[1], search: string): Promise<ExactValues> {
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
