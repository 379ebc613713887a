import type { Sql } from "postgres";
import { newId } from "#server/core/ids.ts";
import type { PlannedLog } from "./plan-logs.ts";

const day = 86_400_000;

/** Days of the log that the seed writes into, and a few ahead. */
export async function makeLogDays(owner: Sql, now: Date): Promise<void> {
  const first = new Date(now.getTime() - 12 * day).toISOString().slice(0, 10);
  await owner`select door.make_log_partitions(${first}::date, 20)`;
}

/** The rows of both logs. Written by the owner of the tables: guichet_app may not insert into them. */
export async function writeLogs(owner: Sql, tenantId: string, logs: PlannedLog[]): Promise<void> {
  await owner.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenantId}, true)`;
    for (const log of logs) {
      const deliveryId = newId(log.receivedAt.getTime());
      const body = Buffer.from(log.words.body);
      const verified = log.status !== "rejected";
      await sql`
        insert into webhook_deliveries (tenant_id, id, provider, path, headers, body, body_bytes, verified, reason, events, received_at)
        values (${tenantId}, ${deliveryId}, ${log.provider}, ${log.words.path}, ${sql.json(log.words.headers)}, ${body},
                ${body.length}, ${verified}, ${verified ? null : log.reason}, 1, ${log.receivedAt})`;
      const processedAt = log.attempts > 0 ? new Date(log.receivedAt.getTime() + log.ms + 3) : null;
      const tries = Array.from({ length: log.attempts }, (_, index) => ({
        at: new Date(log.receivedAt.getTime() + 3 + index * 30_000).toISOString(),
        ms: log.ms,
        outcome: log.status === "failed" && index < log.attempts - 1 ? "retrying" : log.status,
        ...(log.error ? { error: log.error } : {}),
      }));
      await sql`
        insert into webhook_logs (tenant_id, id, delivery_id, channel_id, platform, webhook_type, payload, status, reason,
          external_message_id, dedupe_key, customer_identifier, account, customer_id, conversation_id, message_id,
          attempts, attempt_log, error_message, processing_time_ms, occurred_at, received_at, processed_at)
        values (${tenantId}, ${log.id}, ${deliveryId}, ${log.channelId}, ${log.provider}, ${log.words.type},
          ${sql.json(log.words.payload as never)}, ${log.status}, ${log.reason}, ${log.externalId}, ${log.words.dedupeKey},
          ${log.customerIdentifier}, ${log.account}, ${log.links?.customerId ?? null}, ${log.links?.conversationId ?? null},
          ${log.links?.messageId ?? null}, ${log.attempts}, ${sql.json(tries)}, ${log.error},
          ${log.attempts > 0 ? log.ms : null}, ${log.occurredAt}, ${log.receivedAt}, ${processedAt})`;
    }
    const [last] = await sql<{ inbound: Date | null }[]>`
      select max(received_at) as inbound from webhook_logs where status = 'processed'`;
    await sql`
      update channel_configurations channel set
        last_webhook_at = coalesce((select max(received_at) from webhook_logs log
                                     where log.tenant_id = channel.tenant_id and log.channel_id = channel.id and log.status = 'processed'), ${last?.inbound ?? null}),
        last_outbound_at = (select max(sent_at) from messages message
                             where message.tenant_id = channel.tenant_id and message.channel_id = channel.id and message.direction = 'out')`;
  });
}
