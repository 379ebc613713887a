import { customerNameOf } from "#db/look-ups.ts";
import type { channelTypes } from "#db/schema/channels.ts";
import { tenants } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { firstIdAt } from "#server/core/ids.ts";
import { canonicalPhone, phoneVariants } from "#server/core/phones.ts";
import type { WebhookReason, WebhookStatus } from "./ingest-posts.ts";
import type { ListWebhookLogsInput } from "./schemas.ts";
import { listWebhookLogsInput } from "./schemas.ts";

export const logsPerPage = 50;

/** A line of the log. */
export interface WebhookLogRow {
  id: string;
  receivedAt: Date;
  channelName: string | null;
  channelType: (typeof channelTypes)[number] | null;
  platform: string;
  type: string;
  status: WebhookStatus;
  reason: WebhookReason | null;
  customerName: string | null;
  customerIdentifier: string | null;
  processingTimeMs: number | null;
  attempts: number;
}

export interface WebhookLogPage {
  /** The newest first. */
  rows: WebhookLogRow[];
  next: string | null;
  previous: string | null;
}

/** What a row shows, its names looked up beside it. `$1` is the tenant. */
export const shownColumns = `
  log.id, log.received_at as "receivedAt", channel.name as "channelName", channel.channel_type as "channelType", log.platform,
  log.webhook_type as type, log.status, log.reason, ${customerNameOf("log.customer_id")} as "customerName",
  log.customer_identifier as "customerIdentifier", log.processing_time_ms as "processingTimeMs", log.attempts`;
export const withChannel = `left join channel_configurations channel on channel.tenant_id = log.tenant_id and channel.id = log.channel_id`;

/** A page of the log in either direction. Ids carry the time: a period becomes bounds that prune partitions. */
export async function listWebhookLogs(ctx: Ctx, input: ListWebhookLogsInput): Promise<WebhookLogPage> {
  const wanted = listWebhookLogsInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const params: unknown[] = [ctx.tenantId];
    const conditions = await conditionsOf(tx, wanted, (value) => `$${params.push(value)}`);
    const order = wanted.before ? "asc" : "desc";
    const found = await tx.raw.unsafe<WebhookLogRow[]>(
      `select ${shownColumns}
         from (select * from webhook_logs log where ${conditions.join(" and ")} order by log.id ${order} limit ${logsPerPage + 1}) log
              ${withChannel}
        order by log.id ${order}`,
      params as never[],
      { prepare: true },
    );
    return cut([...found], wanted);
  });
}

type Wanted = ReturnType<typeof listWebhookLogsInput.parse>;

async function conditionsOf(tx: TenantTx, wanted: Wanted, put: (value: unknown) => string): Promise<string[]> {
  const all = ["log.tenant_id = $1"];
  if (wanted.since) all.push(`log.id >= ${put(firstIdAt(wanted.since))}::uuid`);
  if (wanted.until) all.push(`log.id < ${put(firstIdAt(wanted.until))}::uuid`);
  if (wanted.after) all.push(`log.id < ${put(wanted.after)}::uuid`);
  if (wanted.before) all.push(`log.id > ${put(wanted.before)}::uuid`);
  if (wanted.channelId) all.push(`log.channel_id = ${put(wanted.channelId)}::uuid`);
  if (wanted.status?.length === 1) all.push(`log.status = ${put(wanted.status[0])}`);
  else if (wanted.status?.length) all.push(`log.status = any (${put(wanted.status)}::text[])`);
  if (wanted.reason?.length) all.push(`log.reason = any (${put(wanted.reason)}::text[])`);
  if (wanted.type === "other") all.push(`split_part(log.webhook_type, '.', 1) not in ('message', 'echo', 'status')`);
  else if (wanted.type === "message") all.push(`split_part(log.webhook_type, '.', 1) in ('message', 'echo')`);
  else if (wanted.type === "status") all.push(`split_part(log.webhook_type, '.', 1) = 'status'`);
  if (wanted.search) all.push(await searchOf(tx, wanted.search, put));
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

/** One row more than the page says whether another page follows. */
function cut(found: WebhookLogRow[], wanted: Wanted): WebhookLogPage {
  const more = found.length > logsPerPage;
  const rows = found.slice(0, logsPerPage);
  if (wanted.before) rows.reverse();
  const first = rows.at(0)?.id ?? null;
  const last = rows.at(-1)?.id ?? null;
  return wanted.before
    ? { rows, previous: more ? first : null, next: last }
    : { rows, previous: wanted.after ? first : null, next: more ? last : null };
}
