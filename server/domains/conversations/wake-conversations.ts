import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { byTenant, findDue } from "#db/due.ts";
import { withTenant } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";

const most = 500;

/** Opens every snoozed conversation again whose time has come, tenant by tenant. */
export async function wakeDueConversations(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const due = await findDue("snoozed", most, clock.now());
  await inTurn(byTenant(due), ([tenantId, ids]) => wakeConversations(contextOf(tenantId), ids));
}

/** Those of the named ones whose time has come, with a line in each thread. Answers how many. */
export async function wakeConversations(ctx: Ctx, ids: readonly string[]): Promise<number> {
  const rows = ids.toSorted().map((id) => ({ id, event_id: newId() }));
  const now = ctx.clock.now().toISOString();
  return withTenant(ctx, async (tx) => {
    const woken = await tx.execute<{ id: string }>(sql`
      with due as (
        select thread.id, told.event_id
          from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as told (id uuid, event_id uuid)
         cross join lateral (select id, snoozed_until from conversations where id = told.id offset 0) thread
         where thread.snoozed_until <= ${now}::timestamptz
      ), woken as (
        update conversations thread set status = 'open', snoozed_until = null, updated_at = ${now}::timestamptz
          from due
         where thread.id = due.id and thread.status = 'snoozed' and thread.snoozed_until <= ${now}::timestamptz
        returning thread.tenant_id, thread.id, thread.customer_id, thread.channel_id, thread.channel_type, due.event_id
      ), said as (
        insert into messages (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, direction, kind, data, status, read, occurred_at)
        select tenant_id, event_id, id, customer_id, channel_id, channel_type, 'internal', 'event', '{"event": "woken"}', 'received', true,
               ${now}::timestamptz
          from woken
      )
      select id from woken`);
    for (const { id } of woken) {
      conversationChanged(tx, id);
      threadChanged(tx, id);
    }
    return woken.length;
  });
}
