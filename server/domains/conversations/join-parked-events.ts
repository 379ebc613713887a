import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { EventKind } from "./settle-messages.ts";
import { settleMessages } from "./settle-messages.ts";
import type { ExternalMessage } from "./write-inbound.ts";

/** A message whose provider id just became known. */
export interface ArrivedMessage extends ExternalMessage {
  messageId: string;
}

/**
 * Joins what was said about messages before they were known: statuses, reactions, edits that waited
 * for them. Call it in the transaction that writes the provider's id.
 */
export async function joinParkedEvents(ctx: Ctx, arrived: readonly ArrivedMessage[]): Promise<void> {
  if (arrived.length === 0) return;
  await lockExternalIds(ctx, arrived);
  const rows = arrived.map((message) => ({
    id: message.messageId,
    channel_id: message.channelId,
    external_id: message.externalId,
  }));
  await withTenant(ctx, async (tx) => {
    const joined = await tx.execute<{ messageId: string; kind: EventKind; logId: string | null }>(sql`
      update message_events event
         set message_id = arrived.id
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as arrived (id uuid, channel_id uuid, external_id text)
       where event.channel_id = arrived.channel_id and event.target_external_id = arrived.external_id and event.message_id is null
      returning event.message_id as "messageId", event.kind, event.webhook_log_id as "logId"`);
    if (joined.length === 0) return;
    await settleMessages({ ...ctx, tx }, joined);
    await noLongerWaiting({ ...ctx, tx }, joined.flatMap((event) => event.logId ?? []).toSorted());
  });
}

async function noLongerWaiting(ctx: Ctx, logIds: readonly string[]): Promise<void> {
  if (logIds.length === 0) return;
  await withTenant(ctx, (tx) =>
    tx.execute(sql`
      update webhook_logs log
         set reason = null, message_id = message.id, conversation_id = message.conversation_id, customer_id = message.customer_id
        from message_events event
        join messages message on message.tenant_id = event.tenant_id and message.id = event.message_id
       where log.id >= ${logIds[0]} and log.id <= ${logIds.at(-1)} and log.id = any (${`{${logIds.join(",")}}`}::uuid[])
         and event.webhook_log_id = log.id and log.reason = 'waiting_for_message'
         and event.message_id is not null`),
  );
}

/**
 * Whoever writes a message and whoever parks an event for it take the same lock until they commit:
 * neither can miss the other. Taken in one order.
 */
export async function lockExternalIds(ctx: Ctx, messages: readonly ExternalMessage[]): Promise<void> {
  const rows = messages.map(({ channelId, externalId }) => ({ name: `${channelId} ${externalId}` }));
  await withTenant(ctx, (tx) =>
    tx.execute(sql`
      select pg_advisory_xact_lock(key)
        from (select distinct hashtextextended(name, 1) as key from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as named (name text)
               order by 1) keys`),
  );
}
