import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { Place } from "./place-messages.ts";

/** Something of a customer that came into a thread. */
interface Arrival {
  conversationId: string;
  direction: "in" | "out";
  place: Pick<Place, "status" | "archived">;
}

/**
 * Opens resolved, archived and snoozed threads again in which a customer wrote; a line says so of those that were
 * resolved. Answers their ids.
 */
export async function reopenConversations(ctx: Ctx, fresh: readonly Arrival[]): Promise<Set<string>> {
  const asleep = new Map(
    fresh
      .filter(({ direction, place }) => direction === "in" && isAsleep(place))
      .map((message) => [
        message.conversationId,
        { id: message.conversationId, event_id: newId(), was_resolved: message.place.status === "resolved" },
      ]),
  );
  if (asleep.size === 0) return new Set();
  const at = ctx.clock.now().toISOString();
  const reopened = await withTenant(ctx, (tx) =>
    tx.execute<{ id: string }>(sql`
      with asleep as (
        select * from jsonb_to_recordset(${jsonRows([...asleep.values()])}::jsonb) as asleep (id uuid, event_id uuid, was_resolved boolean)
      ), opened as (
        update conversations thread
           set status = 'open', archived = false, snoozed_until = null, resolved_at = null, resolved_by = null, updated_at = ${at}::timestamptz
          from asleep
         where thread.id = asleep.id and (thread.status in ('resolved', 'snoozed') or thread.archived)
        returning thread.tenant_id, thread.id, thread.customer_id, thread.channel_id, thread.channel_type, asleep.event_id, asleep.was_resolved
      ), said as (
        insert into messages (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, direction, kind, data, status, read, occurred_at)
        select tenant_id, event_id, id, customer_id, channel_id, channel_type, 'internal', 'event', '{"event": "reopened"}', 'received', true,
               ${at}::timestamptz
          from opened where was_resolved
      )
      select id from opened where was_resolved`),
  );
  return new Set(reopened.map((row) => row.id));
}

function isAsleep({ status, archived }: Arrival["place"]): boolean {
  return status === "resolved" || status === "snoozed" || archived;
}
