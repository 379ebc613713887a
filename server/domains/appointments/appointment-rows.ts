import { cursorOf, placeOf } from "#db/keyset.ts";
import { invalid } from "#server/core/errors.ts";
import type { AppointmentFilter, AppointmentRow } from "./schemas.ts";

/** Adds a parameter to a statement whose `$1` is the tenant, and answers its placeholder. */
export type Put = (value: unknown) => string;

/** A filter of the list as SQL over appointments `a`. Holds are nobody's appointments. */
export function filterSql(filter: AppointmentFilter, put: Put): string {
  const { status, from, until } = filter;
  const links = [
    ["a.user_id", filter.userId],
    ["a.service_id", filter.serviceId],
    ["a.customer_id", filter.customerId],
    ["a.conversation_id", filter.conversationId],
    ["a.ticket_id", filter.ticketId],
    ["a.call_id", filter.callId],
  ] as const;
  return [
    "a.tenant_id = $1",
    status?.length === 1
      ? `a.status = ${put(status[0])}`
      : status?.length
        ? `a.status = any(${put(status)}::text[])`
        : "a.status <> 'held'",
    ...links.flatMap(([column, id]) => (id ? [`${column} = ${put(id)}::uuid`] : [])),
    ...(from ? [`a.starts_at >= ${put(from)}::timestamptz`] : []),
    ...(until ? [`a.starts_at < ${put(until)}::timestamptz`] : []),
  ].join(" and ");
}

/** What is counted: in the order of the indexes, so that no more is looked at than is counted. */
export const countedSql = (filter: AppointmentFilter, put: Put): string =>
  `appointments a where ${filterSql(filter, put)} order by a.starts_at, a.id`;

/** Rows behind a cursor, in the order that `down` says. */
export function beyondSql(cursor: string, down: boolean, put: Put): string {
  const place = placeOf(cursor);
  const at = place && Number(place.value);
  if (!place || !Number.isSafeInteger(at)) throw invalid({ cursor: "invalid" });
  return `(a.starts_at, a.id) ${down ? "<" : ">"} (${put(new Date(at!))}::timestamptz, ${put(place.id)}::uuid)`;
}

export const cursorAt = ({ startsAt, id }: AppointmentRow) => cursorOf(startsAt, id);

/** A page by time: its rows are found in one index before anything is joined to them. */
export function rowsSql({ where, down, limit }: { where: string; down: boolean; limit: number }): string {
  const order = down ? "a.starts_at desc, a.id desc" : "a.starts_at, a.id";
  return `select ${rowColumns}
    from (select * from appointments a where ${where} order by ${order} limit ${limit}) a ${rowJoins} order by ${order}`;
}

/** Of {@link AppointmentRow}, over `a` and {@link rowJoins}. */
export const rowColumns = `
  a.id, a.starts_at as "startsAt", a.ends_at as "endsAt", a.status, a.status_at as "statusAt", a.user_id as "userId",
  p.display_name as "userName", a.service_id as "serviceId", s.name as "serviceName", a.customer_id as "customerId",
  c.display_name as "customerName", c.phone as "customerPhone", c.email as "customerEmail", a.location, a.notes, a.source,
  a.created_at as "createdAt"`;

export const rowJoins = `
  cross join lateral (select * from services where tenant_id = $1 and id = a.service_id offset 0) s
  cross join lateral (select * from customers where tenant_id = $1 and id = a.customer_id offset 0) c
  cross join lateral (select display_name from user_profiles where tenant_id = $1 and user_id = a.user_id offset 0) p`;
