import type { TenantTx } from "#db/tenant.ts";
import { firstIdAt, instantOf } from "#server/core/ids.ts";
import type { WebhookReason } from "./ingest-posts.ts";
import { maskedHeaders, maskedPath, shownHeaders } from "./kept-headers.ts";

/** A post as it came in. */
export interface DeliveryDetail {
  method: string;
  /** Without its query where the role may not see contents. */
  path: string;
  /** Their names alone where the role may not see contents. */
  headers: Record<string, string>;
  /** As text; null where the role may not see it. */
  body: string | null;
  bodyBytes: number;
  verified: boolean;
  reason: WebhookReason | null;
  truncated: boolean;
}

/** The post that carried an event; null when it is no longer kept, or was not this tenant's alone. */
export async function findDelivery(tx: TenantTx, id: string | null, contents: boolean): Promise<DeliveryDetail | null> {
  if (!id) return null;
  const at = instantOf(id).getTime();
  const [row] = await tx.raw.unsafe<
    (Omit<DeliveryDetail, "method" | "truncated" | "body"> & { body: Uint8Array; isHandshake: boolean })[]
  >(
    `select path, headers, body, body_bytes as "bodyBytes", verified, reason,
            exists (select from webhook_logs where tenant_id = $1 and id >= $3 and id < $4 and delivery_id = $2 and webhook_type = 'handshake') as "isHandshake"
       from webhook_deliveries where tenant_id = $1 and id = $2`,
    // The ids of a post and of its events are made in one millisecond.
    [tx.tenantId, id, firstIdAt(at), firstIdAt(at + 1)],
    { prepare: true },
  );
  if (!row) return null;
  const { isHandshake, body, ...delivery } = row;
  return {
    ...delivery,
    method: isHandshake ? "GET" : "POST",
    path: contents ? row.path : maskedPath(row.path),
    headers: contents ? shownHeaders(row.headers) : maskedHeaders(row.headers),
    body: contents ? new TextDecoder().decode(body) : null,
    truncated: body.length < row.bodyBytes,
  };
}
