import { sql } from "drizzle-orm";
import type { WebhookReason } from "./ingest-posts.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { JsonObject } from "#server/providers/contract.ts";

/** A stored event that this transaction holds until it ends. */
export type ClaimedLog = {
  id: string;
  channelId: string | null;
  deliveryId: string | null;
  platform: string;
  payload: JsonObject;
  /** Set on an event that was refused and is being replayed: it must be verified first. */
  reason: WebhookReason | null;
  dedupeKey: string;
  attempts: number;
  /** Whether it came to an end before: it is being replayed. */
  settledBefore: boolean;
  receivedAt: Date;
};

/** Takes those of the events that still wait and that nobody else holds. The bounds prune partitions. */
export async function claimWebhookLogs(ctx: Ctx, ids: readonly string[]): Promise<ClaimedLog[]> {
  const sorted = ids.toSorted();
  return withTenant(ctx, (tx) =>
    tx.execute<ClaimedLog>(sql`
      select id, channel_id as "channelId", delivery_id as "deliveryId", platform, payload, reason, dedupe_key as "dedupeKey",
             attempts, processed_at is not null as "settledBefore", received_at as "receivedAt"
        from webhook_logs
       where id >= ${sorted[0]} and id <= ${sorted.at(-1)} and id = any (${`{${sorted.join(",")}}`}::uuid[])
         and status in ('received', 'retrying')
       order by id
         for update skip locked`),
  );
}
