import { missedCalls } from "#db/schema/calls.ts";
import type { CallFilter } from "./schemas.ts";

const dayMs = 86_400_000;

/** The condition of a filter, over `call_logs call`; `put` adds a parameter to a statement and answers its name. */
export function filterSql(
  { direction, status, channelId, sentiment, customerId, only, days }: CallFilter,
  now: Date,
  put: (value: unknown) => string,
): string {
  return [
    "call.tenant_id = $1",
    direction && `call.direction = ${put(direction)}`,
    status && `call.status = ${put(status)}`,
    channelId && `call.channel_id = ${put(channelId)}::uuid`,
    sentiment && `call.sentiment = ${put(sentiment)}`,
    customerId && `call.customer_id = ${put(customerId)}::uuid`,
    only === "missed" && missedCalls,
    only === "agent" && "call.assistant_id is not null",
    days && `call.started_at > ${put(new Date(now.getTime() - days * dayMs))}::timestamptz`,
  ]
    .filter(Boolean)
    .join(" and ");
}
