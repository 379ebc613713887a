import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { deadlineColumns, deadlineNames, deadlineRow, readSlaSettings, reckon } from "#server/domains/sla/index.ts";
import { recordTicketEvents } from "./alter-tickets.ts";

/** A ticket that a rule opens for a conversation. */
export interface RuleTicket {
  conversationId: string;
  customerId: string;
  channelType: string;
  subject: string;
}

/**
 * Opens the tickets that rules ask for, one a conversation, in as many statements for a hundred as for
 * one. Answers their ids in order. Called last: the counter stays locked until the commit.
 */
export async function openTickets(ctx: Ctx, wanted: readonly RuleTicket[]): Promise<string[]> {
  if (wanted.length === 0) return [];
  const at = ctx.clock.now();
  const now = at.toISOString();
  return withTenant(ctx, async (tx) => {
    const settings = await readSlaSettings(tx);
    const rows = wanted.map((ticket, place) => ({
      id: newId(),
      activity_id: newId(),
      at: place,
      conversation_id: ticket.conversationId,
      customer_id: ticket.customerId,
      subject: ticket.subject,
      ...deadlineRow(reckon(settings, justOpened(ticket, at), at)?.deadlines),
    }));
    const opened = await tx.execute<{ id: string; number: number; subject: string }>(sql`
      with counter as (
        insert into tenant_counters as counter (tenant_id, name, value) values (${ctx.tenantId}::uuid, 'tickets', ${rows.length}::bigint)
        on conflict (tenant_id, name) do update set value = counter.value + excluded.value
        returning value
      ), wanted as (
        select wanted.*, counter.value - ${rows.length}::bigint + wanted.at + 1 as number
          from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
                 as wanted (id uuid, activity_id uuid, at integer, conversation_id uuid, customer_id uuid, subject text, ${sql.raw(deadlineColumns)})
         cross join counter
      ), opened as (
        insert into tickets (tenant_id, id, number, subject, source, customer_id, conversation_id, channel_type, preview, created_by, created_at, updated_at,
                             ${sql.raw(deadlineNames)})
        select ${ctx.tenantId}::uuid, wanted.id, wanted.number, wanted.subject, 'rule', wanted.customer_id, wanted.conversation_id,
               thread.channel_type, thread.last_message_preview, ${memberId(ctx)}::uuid, ${now}::timestamptz, ${now}::timestamptz,
               ${sql.raw(deadlineNames)}
          from wanted
         cross join lateral (select channel_type, last_message_preview from conversations where id = wanted.conversation_id offset 0) thread
        returning id, number, subject, channel_type
      ), noted as (
        insert into customer_activities (tenant_id, id, customer_id, type, channel, description, conversation_id, ticket_id, metadata, occurred_at, created_at)
        select ${ctx.tenantId}::uuid, wanted.activity_id, wanted.customer_id, 'ticket', opened.channel_type, wanted.subject, wanted.conversation_id,
               wanted.id, jsonb_build_object('number', wanted.number), ${now}::timestamptz, ${now}::timestamptz
          from wanted join opened using (id)
      )
      select id, number::integer as number, subject from opened order by number`);
    await recordTicketEvents(
      ctx,
      tx,
      opened.map(({ subject, ...ticket }) => ({ ticket, type: "opened", data: { source: "rule", subject } })),
    );
    tx.afterCommit(() =>
      publish(
        ctx.tenantId,
        "customers",
        wanted.map((ticket) => ticket.customerId),
      ),
    );
    return rows.map((row) => row.id);
  });
}

/** As the table's own defaults will have it. */
function justOpened({ conversationId, channelType }: RuleTicket, createdAt: Date) {
  const fresh = { status: "open", priority: "medium", firstResponseAt: null, slaClocks: null } as const;
  return { ...fresh, conversationId, channelType, createdAt };
}
