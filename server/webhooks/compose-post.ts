import { currentConfig } from "#server/core/config.ts";
import { newId } from "#server/core/ids.ts";
import type { LoggedEvent, LoggedPost, WebhookReason } from "#server/domains/webhook-logs/index.ts";
import { keptHeaders, keptPath } from "#server/domains/webhook-logs/index.ts";
import type { JsonObject } from "#server/providers/contract.ts";
import type { ChannelRoute } from "./channel-routes.ts";
import type { RejectionAllowance } from "./rejection-allowance.ts";
import type { SortedPart } from "./sort-parts.ts";

/** A post as it arrived, whatever became of it. */
export interface ArrivedPost {
  provider: string;
  /** Path and query. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  /** What was sent, where the body is not all of it. */
  bodyBytes?: number;
  receivedAt: Date;
}

/** Of a refused post this much is kept. */
const keptBytes = 8 * 1024;

/** The rows of a post whose events are known. Null when nothing of it is to be stored. */
export function composePost(
  post: ArrivedPost,
  sorted: readonly SortedPart[],
  allowance: RejectionAllowance,
): LoggedPost | null {
  const whole = post.body.length <= keptBytes;
  const events = sorted.flatMap((one): LoggedEvent[] => {
    const source =
      one.status === "rejected" && !one.verified ? (one.channel?.channelId ?? `unknown:${post.provider}`) : null;
    if (source !== null && !allowance.admits(one.tenantId, source, post.receivedAt)) return [];
    return [
      {
        id: newId(post.receivedAt.getTime()),
        tenantId: one.tenantId,
        channelId: one.channel?.channelId ?? null,
        type: one.part.type,
        payload: source === null || whole ? one.part.payload : { truncated: true },
        status: one.status,
        reason: one.reason,
        externalId: one.part.externalId,
        dedupeKey: one.part.dedupeKey,
        customerIdentifier: one.part.customerIdentifier,
        account: accountOf(one.part.routingKeys[0]),
        occurredAt: one.part.occurredAt,
        source,
      },
    ];
  });
  if (events.length === 0 && sorted.length > 0) return null;
  const verified = sorted.some((one) => one.verified);
  const [first] = sorted;
  const sole = sorted.every((one) => one.tenantId === first?.tenantId) ? (first?.tenantId ?? null) : null;
  return delivery(post, {
    tenantId: sole,
    verified,
    reason: verified ? null : (first?.reason ?? "unknown_account"),
    events,
    // A mail lies in storage as it came, and nothing of its post says more.
    elsewhere: sorted.some((one) => one.part.raw !== undefined),
  });
}

/** The rows of a post or handshake that holds no events we could read. */
export function composeRefusal(
  post: ArrivedPost,
  refusal: { type: string; reason: WebhookReason | null; channel: ChannelRoute | null; payload?: JsonObject },
  allowance: RejectionAllowance,
): LoggedPost | null {
  const { type, reason, channel, payload } = refusal;
  const tenantId = channel?.tenantId ?? null;
  const source = reason === null ? null : (channel?.channelId ?? `unknown:${post.provider}`);
  if (source !== null && !allowance.admits(tenantId, source, post.receivedAt)) return null;
  const event: LoggedEvent = {
    id: newId(post.receivedAt.getTime()),
    tenantId,
    channelId: channel?.channelId ?? null,
    type,
    payload: payload ?? { start: new TextDecoder().decode(post.body.subarray(0, 500)) },
    status: reason === null ? "processed" : "rejected",
    reason,
    externalId: null,
    dedupeKey: type,
    customerIdentifier: null,
    account: null,
    occurredAt: null,
    source,
  };
  return delivery(post, { tenantId, verified: reason === null, reason, events: [event] });
}

function delivery(
  post: ArrivedPost,
  {
    tenantId,
    verified,
    reason,
    events,
    elsewhere = false,
  }: Pick<LoggedPost, "tenantId" | "verified" | "reason" | "events"> & { elsewhere?: boolean },
): LoggedPost {
  const id = newId(post.receivedAt.getTime());
  return {
    id,
    tenantId,
    provider: post.provider,
    path: keptPath(post.path),
    headers: keptHeaders(
      post.headers,
      verified ? null : { keyRing: currentConfig().keyRing, boundTo: id, path: post.path },
    ),
    body: verified && !elsewhere ? post.body : post.body.subarray(0, keptBytes),
    bodyBytes: post.bodyBytes ?? post.body.length,
    verified,
    reason,
    receivedAt: post.receivedAt,
    events,
  };
}

/** The last part of a routing key: the number or account as the provider names it. */
function accountOf(key: string | undefined): string | null {
  return key === undefined ? null : key.slice(key.lastIndexOf(":") + 1);
}
