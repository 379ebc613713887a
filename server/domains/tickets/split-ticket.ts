import { withTenant, type TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { alterTickets } from "./alter-tickets.ts";
import { openTicket } from "./open-ticket.ts";
import type { SplitTicketInput } from "./schemas.ts";
import { splitTicketInput } from "./schemas.ts";
import type { Ticket } from "./ticket-changes.ts";
import { findTicket } from "./ticket-tree.ts";

interface Words {
  text: string;
  customerId: string | null;
  conversationId: string | null;
}

/**
 * Makes a message or a note into a ticket of its own, of the same customer, category, priority and assignee. The two
 * point to each other; the words stay where they were said.
 */
export async function splitTicket(ctx: Ctx, input: SplitTicketInput): Promise<{ ticketId: string; number: number }> {
  const { ticketId, from, subject } = splitTicketInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const source = await findTicket(tx, ticketId);
    const words = from.kind === "note" ? await noteOf(tx, source, from.id) : await messageOf(tx, source, from.id);
    const opened = await openTicket(
      inner,
      {
        subject,
        description: words.text.slice(0, 10_000),
        source: "manual",
        priority: source.priority,
        ...(words.conversationId ? { conversationId: words.conversationId } : {}),
        ...(words.customerId ? { customerId: words.customerId } : {}),
      },
      { splitFrom: source },
    );
    const event = { type: "split_off", data: { number: opened.number } };
    await alterTickets(inner, [source.id], () => ({ set: {}, events: [event] }));
    return opened;
  });
}

/** A note of the ticket, or of one that was merged into it. */
async function noteOf(tx: TenantTx, source: Ticket, noteId: string): Promise<Words> {
  const [note] = await tx.raw.unsafe<{ text: string | null }[]>(
    `select e.data ->> 'text' as text from ticket_events e
      where e.tenant_id = $1 and e.id = $3 and e.type = 'note' and e.ticket_id in (${withMerged})`,
    [tx.tenantId, source.id, noteId],
  );
  if (!note) throw notFound();
  return { text: note.text ?? "", customerId: source.customerId, conversationId: null };
}

/** A message of the ticket's conversation, or of one that was merged into it; its words are its own customer's. */
async function messageOf(tx: TenantTx, source: Ticket, messageId: string): Promise<Words> {
  const [message] = await tx.raw.unsafe<Words[]>(
    `select m.text, m.customer_id as "customerId", m.conversation_id as "conversationId" from messages m
      where m.tenant_id = $1 and m.id = $3 and m.deleted_at is null and m.kind <> 'event'
        and m.conversation_id in (select conversation_id from tickets where tenant_id = $1 and id in (${withMerged}))`,
    [tx.tenantId, source.id, messageId],
  );
  if (!message) throw notFound();
  return message;
}

/** The ids of a ticket (`$2`) and of all that go on in it. */
const withMerged = `
  with recursive merged (id) as (
    select $2::uuid union select t.id from merged join tickets t on t.tenant_id = $1 and t.merged_into_id = merged.id)
  select id from merged`;
