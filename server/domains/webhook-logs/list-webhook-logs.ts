import { customerNameOf } from "#db/look-ups.ts";
import type { channelTypes } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { eventsInOrder } from "./events-in-order.ts";
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
    const put = (value: unknown) => `$${params.push(value)}`;
    const { after, before, ...filter } = wanted;
    const order = before ? "asc" : "desc";
    const stretch = { order, most: logsPerPage + 1, above: before, below: after } as const;
    const events = await eventsInOrder(tx, filter, stretch, put);
    const found = await tx.raw.unsafe<WebhookLogRow[]>(
      `select ${shownColumns}
         from ${events} ${withChannel}
        order by log.id ${order}`,
      params as never[],
      { prepare: true },
    );
    return cut([...found], wanted);
  });
}

type Wanted = ReturnType<typeof listWebhookLogsInput.parse>;

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
