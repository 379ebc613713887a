import type { AutomationEvent } from "#db/schema/automation.ts";
import type { TenantTx } from "#db/tenant.ts";
import { firstIdAt } from "#server/core/ids.ts";
import { changeLines } from "./announce-tickets.ts";
import type { Rule } from "./match-rule.ts";
import type { Fact } from "./subject.ts";

/** Events that a dry run looks at. */
export const mostFacts = 500;
/** Rows of the history that are looked through for them. */
const mostRows = 20_000;

export interface PastFacts {
  /** Newest first. */
  facts: Fact[];
  /** There were more. */
  capped: boolean;
}

type Past = Pick<Fact, "id" | "ticketId" | "conversationId" | "messageId" | "occurredAt">;

/**
 * What happened since an instant that a rule would have been told of, from what tickets and threads keep. That a deadline came near
 * is kept nowhere: there is nothing to try such a rule on.
 */
export async function readPastFacts(
  tx: TenantTx,
  { event, changed }: Pick<Rule, "event" | "changed">,
  since: Date,
): Promise<PastFacts> {
  if (event === "promise_near") return { facts: [], capped: false };
  const lines =
    event === "promise_missed" ? ["sla_missed"] : changed ? changeLines[changed] : Object.values(changeLines).flat();
  const isOfLines = event === "ticket_changed" || event === "promise_missed";
  const found = await tx.raw.unsafe<Past[]>(
    `select past.id, ${columns[event]} from (${sources[event]}) past order by past.at desc, past.id desc limit ${mostFacts + 1}`,
    [tx.tenantId, since, firstIdAt(since), ...(isOfLines ? [lines] : [])] as never[],
    { prepare: true },
  );
  const facts = found.slice(0, mostFacts).map((past) => ({
    ...past,
    event,
    changed: changed ? [changed] : [],
    originId: past.id,
    depth: 0,
  }));
  return { facts, capped: found.length > mostFacts };
}

const ofTicket = `past.ticket_id as "ticketId", null::uuid as "conversationId", null::uuid as "messageId", past.at as "occurredAt"`;
const ofThread = `null::uuid as "ticketId", past.conversation_id as "conversationId", past.message_id as "messageId", past.at as "occurredAt"`;

const columns: Record<Exclude<AutomationEvent, "promise_near">, string> = {
  ticket_opened: ofTicket,
  ticket_changed: ofTicket,
  promise_missed: ofTicket,
  call_missed: ofThread,
  message_received: ofThread,
  reply_sent: ofThread,
  conversation_opened: ofThread,
  conversation_resolved: ofThread,
};

/** One change of a ticket has a line for each thing that changed: they were one event. */
const changes = `
  select min(line.id::text)::uuid as id, line.ticket_id, line.created_at as at
    from (select id, ticket_id, type, created_at from ticket_events where tenant_id = $1 and id >= $3::uuid order by id desc limit ${mostRows}) line
   where line.type = any($4::text[]) and line.created_at >= $2::timestamptz
   group by line.ticket_id, line.created_at`;

const messagesThat = (condition: string, message = "id") => `
  select id, conversation_id, ${message} as message_id, occurred_at as at
    from (select id, conversation_id, direction, kind, author_id, data, occurred_at from messages
           where tenant_id = $1 and id >= $3::uuid order by id desc limit ${mostRows}) message
   where occurred_at >= $2::timestamptz and ${condition}`;

const eventThat = (name: string) => `direction = 'internal' and kind = 'event' and data ->> 'event' = '${name}'`;

const sources: Record<Exclude<AutomationEvent, "promise_near">, string> = {
  ticket_opened: `
    select id, id as ticket_id, created_at as at from tickets where tenant_id = $1 and created_at >= $2::timestamptz and $3::uuid is not null
     order by created_at desc, id desc limit ${mostFacts + 1}`,
  ticket_changed: changes,
  promise_missed: changes,
  message_received: messagesThat("direction = 'in' and data -> 'automatic' is null and data -> 'quiet' is null"),
  call_missed: messagesThat("kind = 'call' and data ->> 'missed' = 'true' and data -> 'quiet' is null"),
  reply_sent: messagesThat("direction = 'out' and author_id is not null"),
  conversation_opened: `
    select id, id as conversation_id, null::uuid as message_id, created_at as at
      from (select id, created_at from conversations where tenant_id = $1 and id >= $3::uuid order by id desc limit ${mostRows}) thread
     where created_at >= $2::timestamptz
    union all ${messagesThat(`${eventThat("reopened")} and author_id is null`, "null::uuid")}`,
  conversation_resolved: messagesThat(eventThat("resolved"), "null::uuid"),
};
