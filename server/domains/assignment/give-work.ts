import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { announceTickets } from "#server/domains/automation/index.ts";
import type { Told } from "#server/domains/notifications/index.ts";
import { notify } from "#server/domains/notifications/index.ts";
import { newId } from "#server/core/ids.ts";
import type { Decision, Given } from "./choose-takers.ts";
import { chooseTakers } from "./choose-takers.ts";
import { readStanding } from "./read-standing.ts";

export interface Work {
  conversationIds?: readonly string[];
  ticketIds?: readonly string[];
  /** Too many at once to tell the takers of each. */
  quiet?: boolean;
}

/**
 * Gives work to whom the rules of its channel and team say, in the order it is named; what nobody can take waits.
 * What somebody who can go on has already stays theirs, and who is given something is told, unless `quiet`. Four statements, whatever
 * the number of pieces, and none for none; giving in one tenant happens one after another. Answers how many were given.
 */
export async function giveWork(
  ctx: Ctx,
  { conversationIds = [], ticketIds = [], quiet }: Work,
): Promise<{ given: number }> {
  const [talks, tickets] = [[...new Set(conversationIds)], [...new Set(ticketIds)]];
  if (talks.length + tickets.length === 0) return { given: 0 };
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const { pieces, teams, people } = await readStanding(inner, talks, tickets);
    if (pieces.length === 0) return { given: 0 };
    const chosen = chooseTakers(pieces, teams, people, ctx.clock.now().getTime());
    const written = await write(inner, chosen, new Map(people.map(({ userId, name }) => [userId, name])));
    if (!quiet) await notify(inner, takersOf(chosen.decisions, written));
    await announceTickets(
      inner,
      written
        .filter((row) => row.kind === "ticket" && row.given)
        .map(({ id }) => ({ ticket: { id }, type: "assignee" })),
    );
    tx.afterCommit(() => announce(ctx.tenantId, written));
    return { given: written.filter((row) => row.given).length };
  });
}

/** Who got something that they did not have. */
function takersOf(decisions: readonly Decision[], written: readonly Written[]): Told[] {
  const given = new Set(written.filter((row) => row.given).map(({ kind, id }) => `${kind} ${id}`));
  return decisions.flatMap(({ piece, assigneeId }): Told[] =>
    assigneeId && given.has(`${piece.kind} ${piece.id}`)
      ? [{ userId: assigneeId, kind: "assigned", subject: piece.kind, subjectId: piece.id }]
      : [],
  );
}

interface Written {
  kind: "conversation" | "ticket";
  id: string;
  given: boolean;
}

/** Nobody in particular gives: the lines and the traces are the program's own. */
async function write(ctx: Ctx, { decisions, turns }: Given, names: ReadonlyMap<string, string>): Promise<Written[]> {
  const rows = decisions.map((decision) => rowOf(decision, names));
  const given = [...turns].map(([userId, at]) => ({ user_id: userId, at: new Date(at) }));
  const idsOf = (kind: Written["kind"]) =>
    decisions.filter(({ piece }) => piece.kind === kind).map(({ piece }) => piece.id);
  const params = [
    ctx.tenantId,
    jsonRows(rows),
    jsonRows(given),
    ctx.clock.now(),
    idsOf("conversation"),
    idsOf("ticket"),
  ];
  return withTenant(ctx, (tx) => tx.raw.unsafe<Written[]>(statement, params as never[], { prepare: true }));
}

function rowOf({ piece, teamId, assigneeId, seeking }: Decision, names: ReadonlyMap<string, string>) {
  return {
    kind: piece.kind,
    id: piece.id,
    team_id: teamId,
    before: piece.assigneeId,
    assignee_id: assigneeId,
    name: names.get(assigneeId ?? "") ?? "",
    seeking,
    event_id: newId(),
    audit_id: newId(),
  };
}

function announce(tenantId: string, written: readonly Written[]): void {
  const ids = (kind: Written["kind"]) => written.filter((row) => row.kind === kind).map((row) => row.id);
  if (ids("conversation").length > 0) {
    publish(tenantId, "conversations", ids("conversation"));
    publish(tenantId, "messages", ids("conversation"));
  }
  if (ids("ticket").length > 0) publish(tenantId, "tickets", ids("ticket"));
}

/** A piece that somebody took meanwhile is left to them. */
const statement = `
  with decided as (
    select * from jsonb_to_recordset($2::jsonb)
      as decided (kind text, id uuid, team_id uuid, before uuid, assignee_id uuid, name text, seeking boolean, event_id uuid, audit_id uuid)
  ), talks as (
    update conversations c
       set team_id = decided.team_id, assignee_id = decided.assignee_id, updated_at = $4::timestamptz,
           seeking_since = case when decided.seeking then coalesce(c.seeking_since, $4::timestamptz) end
      from decided
     where decided.kind = 'conversation' and c.tenant_id = $1 and c.id = any($5::uuid[]) and c.id = decided.id
       and c.assignee_id is not distinct from decided.before
    returning c.id, c.customer_id, c.channel_id, c.channel_type, decided.event_id, decided.audit_id, decided.before, decided.assignee_id,
              decided.name, decided.assignee_id is distinct from decided.before as given
  ), said as (
    insert into messages (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, direction, kind, text, data, status, read,
                          occurred_at, created_at, updated_at)
    select $1, event_id, id, customer_id, channel_id, channel_type, 'internal', 'event', '',
           jsonb_build_object('event', 'assigned', 'toId', assignee_id, 'toName', name), 'received', true,
           $4::timestamptz, $4::timestamptz, $4::timestamptz
      from talks where given
  ), work as (
    update tickets t
       set team_id = decided.team_id, assignee_id = decided.assignee_id, updated_at = $4::timestamptz,
           assigned_at = case when decided.assignee_id is distinct from decided.before then $4::timestamptz else t.assigned_at end,
           seeking_since = case when decided.seeking then coalesce(t.seeking_since, $4::timestamptz) end
      from decided
     where decided.kind = 'ticket' and t.tenant_id = $1 and t.id = any($6::uuid[]) and t.id = decided.id
       and t.assignee_id is not distinct from decided.before
    returning t.id, t.number, decided.event_id, decided.audit_id, decided.before, decided.assignee_id,
              decided.assignee_id is distinct from decided.before as given
  ), noted as (
    insert into ticket_events (tenant_id, id, ticket_id, type, actor_type, data, created_at)
    select $1, event_id, id, 'assignee', 'system', jsonb_build_object('from', before, 'to', assignee_id), $4::timestamptz from work where given
  ), traced as (
    insert into audit_log (tenant_id, id, actor_type, action, entity_type, entity_id, data, created_at)
    select $1, audit_id, 'system', 'conversation.assign', 'conversation', id::text,
           jsonb_build_object('from', before, 'to', assignee_id), $4::timestamptz from talks where given
    union all
    select $1, audit_id, 'system', 'ticket.assignee', 'ticket', id::text,
           jsonb_build_object('number', number, 'from', before, 'to', assignee_id), $4::timestamptz from work where given
  ), turns as (
    update memberships m set last_given_at = given.at
      from jsonb_to_recordset($3::jsonb) as given (user_id uuid, at timestamptz)
     where m.tenant_id = $1 and m.user_id = given.user_id
  )
  select 'conversation' as kind, id, given from talks
  union all
  select 'ticket', id, given from work`;
