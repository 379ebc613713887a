import type { ConversationStatus } from "#db/schema/conversations.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { quietSql } from "./quiet-senders.ts";
import type { Place } from "./place-messages.ts";

/** Where a message was written, before anybody asks whether that conversation goes on in another. */
export type OwnPlace = Omit<Place, "threadId">;

/**
 * Says of each place in whose thread it is read, and how that stands. No statement where none was merged; where some
 * were, their threads are locked, in one order, ahead of what is about to be written.
 */
export async function followMerges(ctx: Ctx, places: readonly OwnPlace[]): Promise<Place[]> {
  const merged = places.filter(({ status }) => status === "merged").map(({ conversationId }) => conversationId);
  const threads = merged.length === 0 ? new Map<string, Thread>() : await lockThreads(ctx, [...new Set(merged)]);
  return places.map((place) => ({ threadId: place.conversationId, ...place, ...threads.get(place.conversationId) }));
}

interface Thread {
  threadId: string;
  status: ConversationStatus;
  archived: boolean;
  quiet: boolean;
}

async function lockThreads(ctx: Ctx, conversationIds: string[]): Promise<Map<string, Thread>> {
  const rows = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<(Thread & { id: string })[]>(statement, [ctx.tenantId, conversationIds] as never[], {
      prepare: true,
    }),
  );
  return new Map(rows.map(({ id, ...thread }) => [id, thread]));
}

const statement = `
  with locked as (
    select * from conversations
     where tenant_id = $1 and id = any (array(
             select thread_id from conversations where tenant_id = $1 and id = any ($2::uuid[])))
     order by id for update)
  select part.id, thread.id as "threadId", thread.status, thread.archived, ${quietSql("thread")} as quiet
    from locked thread join conversations part on part.tenant_id = $1 and part.thread_id = thread.id and part.id = any ($2::uuid[])`;
