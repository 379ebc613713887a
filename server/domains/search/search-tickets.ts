import { customerNameOf, memberNameOf } from "#db/look-ups.ts";
import type { ticketStatuses } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { Loosen } from "./find-texts.ts";
import { findTexts } from "./find-texts.ts";
import type { SearchInput } from "./schemas.ts";
import type { Hits } from "./search-conversations.ts";
import type { Segment } from "./terms.ts";
import { markTerms } from "./terms.ts";

/** A ticket, by its subject and description or by the best of its notes. */
export interface TicketHit {
  id: string;
  number: number;
  status: (typeof ticketStatuses)[number];
  subject: Segment[];
  customerName: string | null;
  /** Who wrote the note that was found; null where the ticket itself was. */
  authorName: string | null;
  isNote: boolean;
  text: Segment[];
  /** When it was opened, or the note was written. */
  occurredAt: Date;
}

/** Tickets in whose number, subject, description or notes every word stands, best first. */
export async function searchTickets(ctx: Ctx, input: SearchInput, loosen?: Loosen): Promise<Hits<TicketHit>> {
  return withTenant(ctx, async (tx) => {
    const { texts, terms, found, next, instead } = await findTexts(ctx, tx, "ticket", input, loosen);
    if (texts.length === 0) return { hits: [], found, next, instead };
    const rows = await tx.raw.unsafe<TicketRow[]>(
      `select hit.id as "textId", t.id, t.number::int as number, t.status, t.subject, coalesce(note.data ->> 'text', t.description) as text,
              note.id is not null as "isNote", coalesce(note.created_at, t.created_at) as "occurredAt",
              ${customerNameOf("t.customer_id")} as "customerName", ${memberNameOf("note.actor_id")} as "authorName"
         from unnest($2::uuid[], $3::uuid[]) as hit (subject_id, id)
         join tickets t on t.tenant_id = $1 and t.id = hit.subject_id
         left join ticket_events note on note.tenant_id = $1 and note.id = hit.id and hit.id <> hit.subject_id`,
      [tx.tenantId, texts.map(({ subjectId }) => subjectId), texts.map(({ id }) => id)] as never[],
      { prepare: true },
    );
    const byId = new Map(rows.map((row) => [row.textId, row]));
    const hits = texts.flatMap(({ id }) => {
      const row = byId.get(id);
      if (!row) return [];
      const { textId: _, subject, text, ...rest } = row;
      return [{ ...rest, subject: markTerms(subject, terms), text: markTerms(text, terms) }];
    });
    return { hits, found, next, instead };
  });
}

interface TicketRow extends Omit<TicketHit, "subject" | "text"> {
  textId: string;
  subject: string;
  text: string;
}
