import type { TenantTx } from "#db/tenant.ts";
import { filterConditions } from "./log-filter.ts";
import type { LogFilter } from "./schemas.ts";
import { searchPeople } from "./search-people.ts";

/**
 * All events of a filter in no order, in SQL, for those who count them: `from ${await matchingEvents(…)}` is a table
 * `log` of the given columns, `id` among them. `$1` is the tenant; `put` adds a parameter and answers its place.
 *
 * What a search may mean is looked up one index at a time, each leaving out what those before it find: with `or`
 * between them the planner reads the whole log when it takes one of the values for a common one.
 */
export async function matchingEvents(
  tx: TenantTx,
  { search, ...filter }: LogFilter,
  columns: readonly string[],
  put: (value: unknown) => string,
): Promise<string> {
  const conditions = filterConditions(filter, put);
  const events = (...more: string[]) =>
    `select ${columns.map((column) => `log.${column}`).join(", ")} from webhook_logs log where ${[...conditions, ...more].join(" and ")}`;
  if (!search) return `(${events()}) log`;
  const { customerIds, identifiers } = await searchPeople(tx, search);
  const [known, customers] = [`${put(identifiers)}::text[]`, `${put(customerIds)}::uuid[]`];
  const isOther = `(log.customer_identifier is null or log.customer_identifier <> all (${known}))`;
  const isOfOthers = `(log.customer_id is null or log.customer_id <> all (${customers}))`;
  const ways = [
    events(`log.customer_identifier = any (${known})`),
    events(`log.customer_id = any (${customers})`, isOther),
    events(`log.external_message_id = ${put(search)}`, isOther, isOfOthers),
  ];
  return `(${ways.join(" union all ")}) log`;
}
