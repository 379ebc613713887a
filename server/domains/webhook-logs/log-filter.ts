import { tenants } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { firstIdAt } from "#server/core/ids.ts";
import { canonicalPhone, phoneVariants } from "#server/core/phones.ts";
import type { LogFilter } from "./schemas.ts";

/**
 * The conditions of a filter over `webhook_logs log`, for every reader of the log: list, export, count
 * and replay agree on what matches. `$1` is the tenant; `put` adds a parameter and answers its place.
 */
export async function filterConditions(
  tx: TenantTx,
  filter: LogFilter,
  put: (value: unknown) => string,
): Promise<string[]> {
  const all = ["log.tenant_id = $1"];
  if (filter.since) all.push(`log.id >= ${put(firstIdAt(filter.since))}::uuid`);
  if (filter.until) all.push(`log.id < ${put(firstIdAt(filter.until))}::uuid`);
  if (filter.ids) all.push(`log.id = any (${put(filter.ids)}::uuid[])`);
  if (filter.channelId) all.push(`log.channel_id = ${put(filter.channelId)}::uuid`);
  if (filter.status?.length === 1) all.push(`log.status = ${put(filter.status[0])}`);
  else if (filter.status?.length) all.push(`log.status = any (${put(filter.status)}::text[])`);
  if (filter.reason?.length) all.push(`log.reason = any (${put(filter.reason)}::text[])`);
  if (filter.type === "other") all.push(`split_part(log.webhook_type, '.', 1) not in ('message', 'echo', 'status')`);
  else if (filter.type === "message") all.push(`split_part(log.webhook_type, '.', 1) in ('message', 'echo')`);
  else if (filter.type === "status") all.push(`split_part(log.webhook_type, '.', 1) = 'status'`);
  if (filter.provider) all.push(`log.platform = ${put(filter.provider)}`);
  // Written as the partial indexes are: only so does the planner know them again.
  if (filter.slow) all.push("log.processing_time_ms >= 1000");
  if (filter.triedAgain) all.push("log.attempts > 1");
  if (filter.search) all.push(await searchOf(tx, filter.search, put));
  return all;
}

/** Each way an event may be looked for has its index; a phone is found under every spelling of its line. */
async function searchOf(tx: TenantTx, search: string, put: (value: unknown) => string): Promise<string> {
  const [tenant] = await tx.select({ country: tenants.country }).from(tenants);
  const phone = canonicalPhone(search, tenant?.country) ?? canonicalPhone(`+${search.replace(/\D/g, "")}`);
  const phones = phone ? phoneVariants(phone) : [];
  const names = [
    ...new Set([search, ...phones, ...phones.map((one) => one.slice(1)), ...phones.map((one) => `whatsapp:${one}`)]),
  ];
  const value = `${put(names)}::text[]`;
  return `(log.external_message_id = ${put(search)} or log.customer_identifier = any (${value}) or log.customer_id = any (array(
    select customer_id from customer_identities where tenant_id = $1 and kind in ('phone', 'email', 'whatsapp_id', 'whatsapp_user_id') and value = any (${value}))))`;
}
