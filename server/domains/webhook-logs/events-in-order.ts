import { webhookLogStatuses } from "#db/schema/webhooks.ts";
import type { TenantTx } from "#db/tenant.ts";
import { filterConditions } from "./log-filter.ts";
import type { LogFilter } from "./schemas.ts";
import { eventTypes } from "./schemas.ts";
import { searchPeople } from "./search-people.ts";

/** A stretch of the log: the first events of a filter from one end of time. */
export interface Stretch {
  order: "asc" | "desc";
  /** How many, in SQL: written out the planner counts with it. */
  most: number | string;
  /** Ids that it lies between, neither of them in it; or that it goes up to. */
  above?: string | undefined;
  below?: string | undefined;
  upTo?: string | undefined;
}

/** A part of what is asked for that one index holds in the order of time: for each value of `values`, the events of `condition`. */
interface Way {
  values?: string;
  condition: string;
}

/**
 * A stretch of the events of a filter, in SQL: `from ${await eventsInOrder(…)}` is a table `log`, in order. `$1` is
 * the tenant; `put` adds a parameter and answers its place.
 *
 * However rare what is asked for, no more than the stretch is read of each partition: an index holds the events
 * of *one* status (channel, reason …) in the order of time, so a filter of several values is as many short
 * look-ups, put together and cut again. One `in (…)` would read and sort all that match, or walk the whole log.
 */
export async function eventsInOrder(
  tx: TenantTx,
  { search, ...filter }: LogFilter,
  { order, most, above, below, upTo }: Stretch,
  put: (value: unknown) => string,
): Promise<string> {
  const conditions = filterConditions(filter, put);
  if (above) conditions.push(`log.id > ${put(above)}::uuid`);
  if (below) conditions.push(`log.id < ${put(below)}::uuid`);
  if (upTo) conditions.push(`log.id <= ${put(upTo)}::uuid`);
  const ways = search ? await waysToSearch(tx, search, put) : waysOf(filter, put);
  const end = `order by log.id ${order} limit ${most}`;
  const one = ({ condition }: Way) =>
    `(select log.* from webhook_logs log where ${[...conditions, condition].join(" and ")} ${end}) log`;
  if (ways.length === 0) return one({ condition: "true" });
  const found = ways.map((way) =>
    way.values ? `select log.* from ${way.values} cross join lateral ${one(way)}` : `select log.* from ${one(way)}`,
  );
  // An event may be found in more ways than one.
  const once = search ? "distinct on (log.id) " : "";
  return `(select ${once}log.* from (${found.join(" union all ")}) log ${end}) log`;
}

/** None: the log's own key, or an index of rare events, is in order as it is. */
function waysOf(
  { ids, slow, triedAgain, reason, provider, type, status }: LogFilter,
  put: (value: unknown) => string,
): Way[] {
  if (ids || slow || triedAgain) return [];
  if (reason?.length)
    return [{ values: `unnest(${put(reason)}::text[]) way (reason)`, condition: "log.reason = way.reason" }];
  if (provider) return waysOfProvider(put(provider));
  if (!type && !status?.length) return [];
  const statuses = `unnest(${put(status?.length ? status : webhookLogStatuses)}::text[]) way (status)`;
  const kinds = `unnest(${put(type ? [type] : eventTypes)}::text[]) of (kind)`;
  return [{ values: `${statuses} cross join ${kinds}`, condition: "log.status = way.status and log.kind = of.kind" }];
}

/**
 * By the channels that the log knows, those deleted since among them: each is of one provider. They are found
 * by leaping from one to the next in the index. What reached no channel has an index by provider.
 */
function waysOfProvider(provider: string): Way[] {
  const next = (after: string) =>
    `(select channel_id as id, platform from webhook_logs where tenant_id = $1 and ${after} order by channel_id limit 1)`;
  return [
    {
      values: `(with recursive channel as (
          ${next("channel_id is not null")}
          union all
          select next.* from channel cross join lateral ${next("channel_id > channel.id")} next
        ) select id from channel where platform = ${provider}) way`,
      condition: "log.channel_id = way.id",
    },
    { condition: "log.channel_id is null" },
  ];
}

async function waysToSearch(tx: TenantTx, search: string, put: (value: unknown) => string): Promise<Way[]> {
  const { customerIds, identifiers } = await searchPeople(tx, search);
  return [
    { condition: `log.external_message_id = ${put(search)}` },
    {
      values: `unnest(${put(identifiers)}::text[]) way (identifier)`,
      condition: "log.customer_identifier = way.identifier",
    },
    { values: `unnest(${put(customerIds)}::uuid[]) way (id)`, condition: "log.customer_id = way.id" },
  ];
}
