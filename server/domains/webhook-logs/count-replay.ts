import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { matchingEvents } from "./matching-events.ts";
import { replayFate } from "./replayable.ts";
import type { LogFilter } from "./schemas.ts";

/** What a replay of all that match would do, before anybody asks for it. */
export interface ReplayCount {
  total: number;
  /** Would be put to work again. */
  again: number;
  /** Done already: a replay leaves them as they are. */
  unchanged: number;
  /** Cannot be replayed: unreadable, of nobody, or of a paused channel. */
  refused: number;
  /** The newest of them; null where nothing matches. */
  lastId: string | null;
}

export async function countReplay(ctx: Ctx, filter: LogFilter): Promise<ReplayCount> {
  return withTenant(ctx, async (tx) => {
    const params: unknown[] = [ctx.tenantId];
    const needed = ["tenant_id", "id", "status", "reason", "channel_id", "erased_at"];
    const events = await matchingEvents(tx, filter, needed, (value) => `$${params.push(value)}`);
    const [count] = await tx.raw.unsafe<ReplayCount[]>(
      `select count(*)::int as total, count(*) filter (where fate = 'again')::int as again,
              count(*) filter (where fate = 'unchanged')::int as unchanged, count(*) filter (where fate = 'refused')::int as refused,
              max(id::text)::uuid as "lastId"
         from (select log.id, ${replayFate} as fate
                 from ${events}
                 left join channel_configurations channel on channel.tenant_id = log.tenant_id and channel.id = log.channel_id) matching`,
      params as never[],
      { prepare: true },
    );
    return count!;
  });
}
