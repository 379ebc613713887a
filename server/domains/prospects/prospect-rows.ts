import { cursorOf, placeOf } from "#db/keyset.ts";
import { memberNameOf } from "#db/look-ups.ts";
import { openProspectStatuses } from "#db/schema/prospects.ts";
import { invalid } from "#server/core/errors.ts";
import type { ProspectFilter, ProspectRow, ProspectSort, Stage } from "./schemas.ts";

/** Adds a parameter to a statement whose `$1` is the tenant, and answers its placeholder. */
export type Put = (value: unknown) => string;

const openList = openProspectStatuses.map((status) => `'${status}'`).join(", ");

/** How far a prospect `p` came, in SQL: what the figures count and the list shows behind them. */
export const stageSql: Readonly<Record<Stage, string>> = {
  qualified: "(p.qualified_at is not null or p.status = 'converted')",
  appointment: `exists (
    select from appointments a where a.tenant_id = $1 and a.customer_id = p.customer_id
       and a.status in ('confirmed', 'completed', 'no_show') and a.created_at >= p.created_at)`,
  converted: "p.status = 'converted'",
};

/** A filter of the list as SQL over prospects `p`. Sorted by when to speak with them, those whom nobody need speak with are left out. */
export function filterSql(filter: ProspectFilter & { sort?: ProspectSort }, put: Put): string {
  const { status, ownerId, source, minScore, stage, dueBefore, from, until, sort } = filter;
  const links = [
    ["p.customer_id", filter.customerId],
    ["p.conversation_id", filter.conversationId],
    ["p.call_id", filter.callId],
  ] as const;
  return [
    "p.tenant_id = $1",
    status?.length === 1
      ? `p.status = ${put(status[0])}`
      : status?.length
        ? `p.status = any(${put(status)}::text[])`
        : null,
    ownerId === undefined ? null : ownerId === null ? "p.owner_id is null" : `p.owner_id = ${put(ownerId)}::uuid`,
    source ? `p.source = ${put(source)}` : null,
    minScore === undefined ? null : `p.score >= ${put(minScore)}::smallint`,
    stage ? stageSql[stage] : null,
    ...links.map(([column, id]) => (id ? `${column} = ${put(id)}::uuid` : null)),
    dueBefore || sort === "follow_up" ? `p.next_follow_up_at is not null and p.status in (${openList})` : null,
    dueBefore ? `p.next_follow_up_at < ${put(dueBefore)}::timestamptz` : null,
    from ? `p.created_at >= ${put(from)}::timestamptz` : null,
    until ? `p.created_at < ${put(until)}::timestamptz` : null,
  ]
    .filter((condition) => condition !== null)
    .join(" and ");
}

/** What is counted: in the order of the index that the filter is one of, so that no more is looked at than is counted. */
export function countedSql(filter: Parameters<typeof filterSql>[0], put: Put): string {
  const { column, down } = orders[filter.dueBefore || filter.sort === "follow_up" ? "follow_up" : "recent"];
  return `prospects p where ${filterSql(filter, put)} order by ${column}${down ? " desc" : ""}, p.id${down ? " desc" : ""}`;
}

interface Order {
  column: string;
  type: string;
  down: boolean;
  value: (row: ProspectRow) => Date | number;
}
/** Each has an index of its own. Numbers and instants stand in a cursor as numbers. */
const orders: Readonly<Record<ProspectSort, Order>> = {
  recent: { column: "p.created_at", type: "timestamptz", down: true, value: ({ createdAt }) => createdAt },
  score: { column: "p.score", type: "smallint", down: true, value: ({ score }) => score },
  follow_up: { column: "p.next_follow_up_at", type: "timestamptz", down: false, value: (row) => row.nextFollowUpAt! },
};
/** Of a column of the board. */
export const boardOrder: Order = {
  column: "p.status_at",
  type: "timestamptz",
  down: true,
  value: ({ statusAt }) => statusAt,
};
export const orderOf = (sort: ProspectSort): Order => orders[sort];

/** Rows behind a cursor; `back`: before it. */
export function beyondSql(cursor: string, { column, type, down }: Order, back: boolean, put: Put): string {
  const place = placeOf(cursor);
  const at = place && Number(place.value);
  if (!place || !Number.isSafeInteger(at)) throw invalid({ cursor: "invalid" });
  const value = type === "smallint" ? at : new Date(at!);
  return `(${column}, p.id) ${down === back ? ">" : "<"} (${put(value)}::${type}, ${put(place.id)}::uuid)`;
}

export const cursorAt = (row: ProspectRow, { value }: Order) => cursorOf(value(row), row.id);

/** A page: its rows are found in one index before anything is joined to them. */
export function rowsSql({
  where,
  order,
  back,
  limit,
}: {
  where: string;
  order: Order;
  back: boolean;
  limit: number;
}): string {
  const direction = order.down === back ? "asc" : "desc";
  const by = `${order.column} ${direction}, p.id ${direction}`;
  return `select ${rowColumns}
    from (select * from prospects p where ${where} order by ${by} limit ${limit}) p ${rowJoins} order by ${by}`;
}

/** Of {@link ProspectRow}, over `p` and {@link rowJoins}. */
export const rowColumns = `
  p.id, p.customer_id as "customerId", c.display_name as "customerName", c.phone as "customerPhone", c.email as "customerEmail",
  p.status, p.status_at as "statusAt", p.interest, p.property_type as "propertyType", p.place, p.budget_min_cents as "budgetMinCents",
  p.budget_max_cents as "budgetMaxCents", p.currency, p.score, p.next_follow_up_at as "nextFollowUpAt", p.owner_id as "ownerId",
  ${memberNameOf("p.owner_id")} as "ownerName", p.source, p.created_at as "createdAt"`;

export const rowJoins = `
  cross join lateral (select * from customers where tenant_id = $1 and id = p.customer_id offset 0) c`;
