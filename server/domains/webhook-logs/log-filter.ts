import { firstIdAt } from "#server/core/ids.ts";
import type { LogFilter } from "./schemas.ts";

/**
 * The conditions of a filter over `webhook_logs log`, for every reader of the log: list, export, count
 * and replay agree on what matches. `$1` is the tenant; `put` adds a parameter and answers its place.
 * A search is none of them: `eventsInOrder` and `matchingEvents` look it up.
 */
export function filterConditions(filter: Omit<LogFilter, "search">, put: (value: unknown) => string): string[] {
  const all = ["log.tenant_id = $1"];
  if (filter.since) all.push(`log.id >= ${put(firstIdAt(filter.since))}::uuid`);
  if (filter.until) all.push(`log.id < ${put(firstIdAt(filter.until))}::uuid`);
  if (filter.ids) all.push(`log.id = any (${put(filter.ids)}::uuid[])`);
  if (filter.channelId) all.push(`log.channel_id = ${put(filter.channelId)}::uuid`);
  if (filter.status?.length === 1) all.push(`log.status = ${put(filter.status[0])}`);
  else if (filter.status?.length) all.push(`log.status = any (${put(filter.status)}::text[])`);
  if (filter.reason?.length) all.push(`log.reason = any (${put(filter.reason)}::text[])`);
  if (filter.type) all.push(`log.kind = ${put(filter.type)}`);
  if (filter.provider) all.push(`log.platform = ${put(filter.provider)}`);
  // Written as the partial indexes are: only so does the planner know them again.
  if (filter.slow) all.push("log.processing_time_ms >= 1000");
  if (filter.triedAgain) all.push("log.attempts > 1");
  return all;
}
