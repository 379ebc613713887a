import { countUpTo } from "#db/count-up-to.ts";
import { cursorOf, placeOf } from "#db/keyset.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";
import type { CustomerPage, CustomerRow } from "./customer-row.ts";
import { columns, customersPerPage } from "./customer-row.ts";
import { searchCustomers } from "./search-customers.ts";
import type { CountCustomersInput, CustomerSort, ListCustomersInput } from "./schemas.ts";
import { countCustomersInput, listCustomersInput } from "./schemas.ts";

/** Fifty customers from a place in a sorted list; a search answers its best fifty instead, best first. */
export async function listCustomers(ctx: Ctx, input: ListCustomersInput): Promise<CustomerPage> {
  const wanted = listCustomersInput.parse(input);
  if (wanted.search) return searchCustomers(ctx, { ...wanted, search: wanted.search });
  const filter = filterOf(wanted, [ctx.tenantId]);
  const page = pageOf(filter, wanted);
  return withTenant(ctx, async (tx) => {
    const [found, [total = 0]] = await Promise.all([
      tx.raw.unsafe<CustomerRow[]>(page.sql, page.params as never[], { prepare: true }),
      countUpTo(tx, [countedSql(filter.sql, wanted)], filter.params),
    ]);
    return { ...cut(found, wanted), total };
  });
}

/** How many customers each filter holds, up to 1,000 and one. */
export async function countCustomers(ctx: Ctx, input: CountCustomersInput): Promise<number[]> {
  const { filters } = countCustomersInput.parse(input);
  const params: unknown[] = [ctx.tenantId];
  const lists = filters.map((filter) => countedSql(filterOf(filter, params).sql, filter));
  return withTenant(ctx, (tx) => countUpTo(tx, lists, params));
}

type Wanted = ReturnType<typeof listCustomersInput.parse>;

/** Of so many as are counted at most, in the order of an index. */
function countedSql(where: string, { tag }: Pick<Wanted, "tag">): string {
  return `customers c where ${where} order by ${tag ? "c.id" : "c.recent_at desc, c.id desc"}`;
}

/** Its `params` are added to what a statement asks with already, whose `$1` is the tenant. */
function filterOf(wanted: Pick<Wanted, "segment" | "tag">, params: unknown[]): { sql: string; params: unknown[] } {
  const all = ["c.tenant_id = $1", "c.erased_at is null"];
  if (wanted.segment) all.push(`c.segment = $${params.push(wanted.segment)}`);
  if (wanted.tag) {
    all.push(
      `exists (select from customer_tags g where g.tenant_id = $1 and g.customer_id = c.id and g.tag = $${params.push(wanted.tag.toLowerCase())})`,
    );
  }
  return { sql: all.join(" and "), params };
}

/** The closed list of orders, each with its index. */
const orders: Record<CustomerSort, { column: string; down: boolean; type: string; read: (value: string) => unknown }> =
  {
    recent: { column: "recent_at", down: true, type: "timestamptz", read: (value) => new Date(Number(value)) },
    name: { column: "display_name", down: false, type: "text", read: String },
    revenue: { column: "total_revenue_cents", down: true, type: "integer", read: Number },
  };

function pageOf(filter: { sql: string; params: unknown[] }, wanted: Wanted): { sql: string; params: unknown[] } {
  const { column, type, read, ...order } = orders[wanted.sort];
  const params = [...filter.params];
  const down = order.down !== (wanted.before !== undefined);
  const cursor = wanted.before ?? wanted.after;
  let from = "";
  if (cursor !== undefined) {
    const place = placeOf(cursor);
    if (!place) throw invalid({ cursor: "invalid" });
    from = `and (c.${column}, c.id) ${down ? "<" : ">"} ($${params.push(read(place.value))}::${type}, $${params.push(place.id)}::uuid)`;
  }
  const way = down ? "desc" : "asc";
  return {
    sql: `select ${columns} from customers c where ${filter.sql} ${from} order by c.${column} ${way}, c.id ${way} limit ${customersPerPage + 1}`,
    params,
  };
}

function cut(found: CustomerRow[], wanted: Wanted): Pick<CustomerPage, "rows" | "next" | "previous"> {
  const backwards = wanted.before !== undefined;
  const rows = found.slice(0, customersPerPage);
  const more = found.length > customersPerPage;
  if (backwards) rows.reverse();
  const value = {
    recent: (row: CustomerRow) => row.recentAt,
    name: (row: CustomerRow) => row.name,
    revenue: (row: CustomerRow) => row.totalRevenueCents,
  };
  const cursor = (row: CustomerRow | undefined) => (row ? cursorOf(value[wanted.sort](row), row.id) : null);
  return {
    rows,
    next: more || backwards ? cursor(rows.at(-1)) : null,
    previous: (backwards ? more : wanted.after !== undefined) ? cursor(rows[0]) : null,
  };
}
