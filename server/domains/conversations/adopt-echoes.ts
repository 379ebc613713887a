import { and, eq, ne, sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { messageEvents, messages } from "#db/schema/messages.ts";
import { withTenant } from "#db/tenant.ts";
import { rulesOf } from "#server/core/channel-rules.ts";
import type { Ctx } from "#server/core/context.ts";
import type { ReceivingChannel } from "./find-receiving-channels.ts";
import { lockExternalIds } from "./join-parked-events.ts";
import type { Place } from "./place-messages.ts";
import type { InboundMessage } from "./receive-messages.ts";
import type { ExternalMessage } from "./write-inbound.ts";

type Placed = InboundMessage & { channel: ReceivingChannel; place: Place };

/**
 * Some providers echo everything the business says, what we sent included. The echo of a message whose
 * answer is still under way, or was lost, tells that it was sent and under which id; it is then there
 * already when the echo is written. One text at a time is under way in a conversation.
 */
export async function adoptEchoes(ctx: Ctx, placed: readonly Placed[]): Promise<void> {
  const echoes = placed.filter(
    ({ event, channel }) =>
      event.direction === "out" && rulesOf(channel.provider, channel.channelType)?.echoesEverything === true,
  );
  if (echoes.length === 0) return;
  await lockExternalIds(
    ctx,
    echoes.map(({ channelId, event }) => ({ channelId, externalId: event.messageId })),
  );
  const rows = echoes.map(({ channelId, event, place }) => ({
    channel_id: channelId,
    conversation_id: place.conversationId,
    external_id: event.messageId,
    text: event.content.text,
    at: event.occurredAt,
  }));
  await withTenant(ctx, (tx) =>
    tx.execute(sql`
      update messages message
         set external_id = echo.external_id, sending = false, sent_at = coalesce(message.sent_at, echo.at),
             status = case when message.status in ('pending', 'unknown') then 'sent' else message.status end,
             updated_at = ${ctx.clock.now().toISOString()}::timestamptz
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
          as echo (channel_id uuid, conversation_id uuid, external_id text, text text, at timestamptz)
       cross join lateral (
         select own.id from messages own
          where own.conversation_id = echo.conversation_id and own.direction = 'out' and own.external_id is null
            and own.occurred_at > echo.at - interval '1 day' and (own.sending or own.status = 'unknown')
            and own.text = echo.text
          order by own.occurred_at, own.id limit 1) meant
       where message.id = meant.id
         and not exists (
           select from messages known where known.channel_id = echo.channel_id and known.external_id = echo.external_id)`),
  );
}

/**
 * An echo that came before the answer, in other words than ours, stands in the thread as a message of
 * its own: what happened to it is ours, and it goes. Call it under the lock of the provider's id.
 */
export async function absorbEcho(
  ctx: Ctx,
  { messageId, channelId, externalId }: ExternalMessage & { messageId: string },
): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [echo] = await tx
      .select({ id: messages.id })
      .from(messages)
      .where(
        and(
          eq(messages.channelId, channelId),
          eq(messages.externalId, externalId),
          eq(messages.echo, true),
          ne(messages.id, messageId),
        ),
      );
    if (!echo) return;
    await tx.update(messageEvents).set({ messageId: null }).where(eq(messageEvents.messageId, echo.id));
    await tx.delete(messages).where(eq(messages.id, echo.id));
  });
}
