import { jsonRows } from "#db/json-rows.ts";
import { sqlStateOf } from "#db/database-away.ts";
import type { webhookLogStatuses, webhookReasons } from "#db/schema/webhooks.ts";
import { appPool } from "#db/tenant.ts";
import { instantOf } from "#server/core/ids.ts";
import type { JsonObject } from "#server/providers/contract.ts";
import { countStored } from "./intake-load.ts";
import { makePartitions } from "./maintain-partitions.ts";

export type WebhookStatus = (typeof webhookLogStatuses)[number];
export type WebhookReason = (typeof webhookReasons)[number];

/** At most this many rejected events a minute of one source are stored; the rest is counted. */
export const keptRejections = 60;

/** One event as the log first knows it. A null tenant is the platform's. */
export interface LoggedEvent {
  id: string;
  tenantId: string | null;
  channelId: string | null;
  type: string;
  payload: JsonObject;
  status: WebhookStatus;
  reason: WebhookReason | null;
  externalId: string | null;
  dedupeKey: string;
  customerIdentifier: string | null;
  account: string | null;
  occurredAt: Date | null;
  /** Whose allowance a rejected event uses up: a channel's id, or words for an unknown one. */
  source: string | null;
}

/** One post with its events. `body` is what is kept of `bodyBytes`. */
export interface LoggedPost {
  id: string;
  tenantId: string | null;
  provider: string;
  path: string;
  headers: Record<string, string>;
  body: Uint8Array;
  bodyBytes: number;
  verified: boolean;
  reason: WebhookReason | null;
  receivedAt: Date;
  events: LoggedEvent[];
}

/**
 * Stores posts and their events durably, in one statement: when this returns, they are committed. A
 * missing day partition is made on the way.
 */
export async function ingestPosts(posts: readonly LoggedPost[]): Promise<void> {
  try {
    await callDoor(posts);
  } catch (error) {
    if (sqlStateOf(error) !== "23514") throw error;
    const days = posts.map((post) => instantOf(post.id));
    await makePartitions(new Date(Math.min(...days.map(Number))), 2);
    await callDoor(posts);
  }
  countStored(posts.length);
}

async function callDoor(posts: readonly LoggedPost[]): Promise<void> {
  const rejected = posts.some((post) => post.events.some((event) => event.source !== null));
  await appPool().unsafe(
    "select door.ingest($1::jsonb, $2::bytea, $3::jsonb, $4::integer)",
    [
      jsonRows(deliveryRows(posts)),
      Buffer.concat(posts.map((post) => post.body)),
      jsonRows(posts.flatMap(logRows)),
      rejected ? keptRejections : null,
    ],
    { prepare: appPool().options.prepare },
  );
}

function deliveryRows(posts: readonly LoggedPost[]): object[] {
  let firstByte = 0;
  return posts.map((post) => {
    const row = {
      tenant_id: post.tenantId,
      id: post.id,
      provider: post.provider,
      path: post.path,
      headers: post.headers,
      first_byte: firstByte,
      kept_bytes: post.body.length,
      body_bytes: post.bodyBytes,
      verified: post.verified,
      reason: post.reason,
      events: post.events.length,
      received_at: post.receivedAt,
      of_logs: post.events.some((event) => event.source !== null) ? post.events.map((event) => event.id) : undefined,
    };
    firstByte += post.body.length;
    return row;
  });
}

function logRows(post: LoggedPost): object[] {
  return post.events.map((event) => ({
    tenant_id: event.tenantId,
    id: event.id,
    delivery_id: post.id,
    channel_id: event.channelId,
    platform: post.provider,
    webhook_type: event.type,
    payload: event.payload,
    status: event.status,
    reason: event.reason,
    external_message_id: event.externalId,
    dedupe_key: event.dedupeKey,
    customer_identifier: event.customerIdentifier,
    account: event.account,
    occurred_at: event.occurredAt,
    received_at: post.receivedAt,
    source: event.source,
  }));
}
