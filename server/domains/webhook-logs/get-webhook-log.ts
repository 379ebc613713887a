import type { WebhookAttempt } from "#db/schema/webhooks.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { missingLog } from "#server/domains/log-retention/index.ts";
import { firstIdAt, instantOf } from "#server/core/ids.ts";
import type { WebhookReason, WebhookStatus } from "./ingest-posts.ts";
import { shownHeaders } from "./kept-headers.ts";
import type { WebhookLogRow } from "./list-webhook-logs.ts";
import { shownColumns, withChannel } from "./list-webhook-logs.ts";
import type { WebhookLogRef } from "./schemas.ts";

export interface WebhookLogDetail extends WebhookLogRow {
  channelId: string | null;
  account: string | null;
  externalMessageId: string | null;
  customerId: string | null;
  conversationId: string | null;
  messageId: string | null;
  ticketNumber: number | null;
  errorMessage: string | null;
  occurredAt: Date | null;
  processedAt: Date | null;
  nextAttemptAt: Date | null;
  attemptLog: WebhookAttempt[];
  /** The event in the provider's words; null where the role may not see it. */
  payload: unknown;
  /** The post that carried it: null when it is no longer kept, or was not this tenant's alone. */
  delivery: DeliveryDetail | null;
  /** Whether contents are hidden from this role. */
  masked: boolean;
  /** Other events about the same message, and other deliveries of this one; the newest first. */
  related: { id: string; type: string; status: WebhookStatus; receivedAt: Date }[];
}

export interface DeliveryDetail {
  method: string;
  path: string;
  headers: Record<string, string>;
  /** As text; null where the role may not see it. */
  body: string | null;
  bodyBytes: number;
  verified: boolean;
  reason: WebhookReason | null;
  truncated: boolean;
}

/** An event with everything that is known of it. Without `contents` what people wrote is left out. */
export async function getWebhookLog(
  ctx: Ctx,
  { id }: WebhookLogRef,
  { contents }: { contents: boolean },
): Promise<WebhookLogDetail> {
  return withTenant(ctx, async (tx) => {
    const [row] = await tx.raw.unsafe<
      (Omit<WebhookLogDetail, "delivery" | "masked" | "related"> & { deliveryId: string | null })[]
    >(
      `select ${shownColumns}, log.channel_id as "channelId", log.account, log.external_message_id as "externalMessageId",
              log.customer_id as "customerId", log.conversation_id as "conversationId", log.message_id as "messageId",
              (select number::int from tickets where tenant_id = $1 and id = log.ticket_id) as "ticketNumber",
              log.error_message as "errorMessage", log.occurred_at as "occurredAt", log.processed_at as "processedAt",
              log.next_attempt_at as "nextAttemptAt", log.attempt_log as "attemptLog", log.payload, log.delivery_id as "deliveryId"
         from webhook_logs log ${withChannel}
        where log.tenant_id = $1 and log.id = $2`,
      [ctx.tenantId, id],
      { prepare: true },
    );
    if (!row) throw await missingLog({ ...ctx, tx }, id);
    const { deliveryId, payload, ...detail } = row;
    const [delivery, related] = await Promise.all([findDelivery(tx, deliveryId, contents), findRelated(tx, row)]);
    return { ...detail, payload: contents ? payload : null, delivery, masked: !contents, related };
  });
}

async function findDelivery(tx: TenantTx, id: string | null, contents: boolean): Promise<DeliveryDetail | null> {
  if (!id) return null;
  const [row] = await tx.raw.unsafe<
    (Omit<DeliveryDetail, "method" | "truncated" | "body"> & { body: Uint8Array; isHandshake: boolean })[]
  >(
    `select path, headers, body, body_bytes as "bodyBytes", verified, reason,
            exists (select from webhook_logs where tenant_id = $1 and id >= $2 and delivery_id = $2 and webhook_type = 'handshake') as "isHandshake"
       from webhook_deliveries where tenant_id = $1 and id = $2`,
    [tx.tenantId, id],
    { prepare: true },
  );
  if (!row) return null;
  const { isHandshake, body, ...delivery } = row;
  return {
    ...delivery,
    method: isHandshake ? "GET" : "POST",
    headers: shownHeaders(row.headers),
    body: contents ? new TextDecoder().decode(body) : null,
    truncated: body.length < row.bodyBytes,
  };
}

const relatedDays = 7;
const mostRelated = 20;

/** Within a week around the event: ids carry the time, so that few partitions are read. */
async function findRelated(tx: TenantTx, { id, externalMessageId }: { id: string; externalMessageId: string | null }) {
  if (!externalMessageId) return [];
  const at = instantOf(id).getTime();
  const day = 86_400_000;
  const rows = await tx.raw.unsafe<WebhookLogDetail["related"]>(
    `select id, webhook_type as type, status, received_at as "receivedAt"
       from webhook_logs
      where tenant_id = $1 and external_message_id = $2 and id <> $3 and id >= $4 and id < $5
      order by id desc limit ${mostRelated}`,
    [tx.tenantId, externalMessageId, id, firstIdAt(at - relatedDays * day), firstIdAt(at + relatedDays * day)],
    { prepare: true },
  );
  return [...rows];
}
