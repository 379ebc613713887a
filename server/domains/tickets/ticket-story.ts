import { memberNameOf } from "#db/look-ups.ts";
import type { TenantTx } from "#db/tenant.ts";

/** Lines of the timeline at once. */
export const eventsPerPage = 200;

/** A line of a ticket's timeline. */
export interface StoryEvent {
  id: string;
  type: string;
  actorType: string;
  actorName: string | null;
  data: Record<string, unknown>;
  createdAt: Date;
  /** The number of the merged ticket that a note was written on; null: this one. */
  of: number | null;
}

export interface Story {
  /** Oldest first. */
  events: StoryEvent[];
  /** For the page before; null at the beginning. */
  before: string | null;
}

/** The latest lines of a ticket's timeline, or those before one; notes of what was merged into it among them. One statement. */
export async function readStory(tx: TenantTx, number: number, before: string | null): Promise<Story> {
  const rows = await tx.raw.unsafe<StoryEvent[]>(
    statement(before !== null),
    before ? [tx.tenantId, number, before] : [tx.tenantId, number],
    { prepare: true },
  );
  const events = rows.slice(0, eventsPerPage).toReversed();
  return { events, before: rows.length > eventsPerPage ? (events[0]?.id ?? null) : null };
}

const statement = (further: boolean) => `
  with recursive merged (id, number) as (
    select id, number from tickets where tenant_id = $1 and number = $2::bigint
    union
    select t.id, t.number from merged join tickets t on t.tenant_id = $1 and t.merged_into_id = merged.id)
  select e.id, e.type, e.actor_type as "actorType", ${memberNameOf("e.actor_id")} as "actorName", e.data,
         e.created_at as "createdAt", nullif(merged.number, $2::bigint)::int as of
    from merged cross join lateral (
           select * from ticket_events
            where tenant_id = $1 and ticket_id = merged.id and (merged.number = $2::bigint or type = 'note')
              ${further ? "and id < $3::uuid" : ""}
            order by id desc limit ${eventsPerPage + 1}) e
   order by e.id desc limit ${eventsPerPage + 1}`;
