import { firstOf } from "#db/look-ups.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { connectedSince } from "#server/domains/presence/index.ts";
import type { Person, Piece, Team } from "./choose-takers.ts";

/** What giving is decided by. */
export interface Standing {
  pieces: Piece[];
  teams: Team[];
  people: Person[];
}

/** Beyond this many nobody counts: who has that much is far from having least. */
const mostCounted = 1_000;

/**
 * Reads the open ones of these conversations and tickets, their teams, and everybody who could take them, as they
 * stand once nobody else of the tenant is giving: a member may be in several teams, and their capacity is one. Two
 * statements, sent together.
 */
export async function readStanding(ctx: Ctx, conversationIds: string[], ticketIds: string[]): Promise<Standing> {
  const now = ctx.clock.now();
  return withTenant(ctx, async (tx) => {
    const params = [ctx.tenantId, conversationIds, ticketIds, now, connectedSince(now)];
    // The second statement begins, and looks, when the first has the lock.
    const [, [row]] = await Promise.all([
      tx.raw.unsafe("select pg_advisory_xact_lock(hashtextextended('assignment ' || $1::text, 0))", [ctx.tenantId], {
        prepare: true,
      }),
      tx.raw.unsafe<Standing[]>(statement, params as never[], { prepare: true }),
    ]);
    if (!row) throw new Error("the standing answered nothing");
    const given = new Map([...conversationIds, ...ticketIds].map((id, at) => [id, at]));
    const pieces = row.pieces.toSorted((a, b) => (given.get(a.id) ?? 0) - (given.get(b.id) ?? 0));
    return { ...row, pieces };
  });
}

/** A conversation that has no team yet gets its channel's; one that was given to another team goes by that one. */
const pieces = `
  select 'conversation' as kind, c.id, coalesce(c.team_id, ch.default_team_id) as "teamId", c.assignee_id as "assigneeId",
         case when coalesce(c.team_id, ch.default_team_id) is not distinct from ch.default_team_id then ch.assignment else 'as_team' end as rule,
         ch.default_assignee_id as "namedId", null::uuid as "conversationId"
    from unnest($2::uuid[]) as asked (id)
   cross join lateral (
     select * from conversations where tenant_id = $1 and id = asked.id and status = 'open' and not archived offset 0) c
   cross join lateral (select * from channel_configurations where tenant_id = $1 and id = c.channel_id offset 0) ch
  union all
  select 'ticket', t.id, t.team_id, t.assignee_id, 'as_team', null::uuid, t.conversation_id
    from unnest($3::uuid[]) as asked (id)
   cross join lateral (
     select * from tickets where tenant_id = $1 and id = asked.id and status in ('open', 'in_progress', 'waiting_customer') offset 0) t`;

/** What a member has to see to: open conversations, and tickets beside them that wait for us; a conversation that was merged is its thread. */
const load = `
  (select count(*) from (select from conversations c
     where c.tenant_id = $1 and c.status = 'open' and c.assignee_id = m.user_id and not c.archived limit ${mostCounted}) x)
  + (select count(*) from (select from tickets t
     where t.tenant_id = $1 and t.assignee_id = m.user_id and t.status in ('open', 'in_progress')
       and not exists (select from conversations own join conversations c on c.tenant_id = $1 and c.id = ${firstOf("own.thread_id", "own.id")}
                        where own.tenant_id = $1 and own.id = t.conversation_id
                          and c.assignee_id = m.user_id and c.status = 'open' and not c.archived) limit ${mostCounted}) x)`;

const isAbsent = "coalesce(m.absent_from <= $4::timestamptz and m.absent_until > $4::timestamptz, false)";

const statement = `
  with pieces as materialized (${pieces}),
  sharing as (
    select t.id, t.assignment, t.gives_offline, array(select user_id from team_members where tenant_id = $1 and team_id = t.id) as members
      from teams t where t.tenant_id = $1 and t.id in (select "teamId" from pieces)
  ),
  named as (
    select unnest(members) as user_id from sharing
    union select "namedId" from pieces where rule = 'member'
    union select "assigneeId" from pieces
  ),
  everybody as (
    select user_id from named where user_id is not null
    union select m.substitute_id from memberships m where m.tenant_id = $1 and m.user_id in (select user_id from named) and ${isAbsent}
  )
  select
    (select coalesce(jsonb_agg(pieces), '[]') from pieces) as pieces,
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'assignment', assignment, 'givesOffline', gives_offline, 'memberIds', members)), '[]')
       from sharing) as teams,
    (select coalesce(jsonb_agg(jsonb_build_object('userId', m.user_id,
              'name', (select display_name from user_profiles where tenant_id = $1 and user_id = m.user_id),
              'active', m.status = 'active', 'away', m.away, 'absent', ${isAbsent}, 'substituteId', m.substitute_id, 'capacity', m.capacity,
              'online', exists (select from member_connections where tenant_id = $1 and user_id = m.user_id and seen_at > $5::timestamptz),
              'load', ${load}, 'lastGivenAt', (extract(epoch from m.last_given_at) * 1000)::bigint)), '[]')
       from memberships m where m.tenant_id = $1 and m.user_id in (select user_id from everybody)) as people`;
