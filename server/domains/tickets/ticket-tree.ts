import { and, eq } from "drizzle-orm";
import { tickets } from "#db/schema/tickets.ts";
import type { TenantTx } from "#db/tenant.ts";
import { invalid, notFound } from "#server/core/errors.ts";
import type { Ticket } from "./ticket-changes.ts";

/** One after the other per business: two links that are each fine can make a circle together. */
export async function lockTree(tx: TenantTx): Promise<void> {
  await tx.raw.unsafe("select pg_advisory_xact_lock(hashtextextended('ticket_tree ' || $1::text, 0))", [tx.tenantId]);
}

/** The ids above a ticket, the nearest first. */
export async function ancestorsOf(tx: TenantTx, ticketId: string): Promise<string[]> {
  const rows = await tx.raw.unsafe<{ id: string }[]>(
    `with recursive above (id, depth) as (
       select parent_id, 1 from tickets where tenant_id = $1 and id = $2
       union all
       select t.parent_id, above.depth + 1 from above join tickets t on t.tenant_id = $1 and t.id = above.id)
     select id from above where id is not null order by depth`,
    [tx.tenantId, ticketId],
    { prepare: true },
  );
  return rows.map((row) => row.id);
}

/** The ticket with this id. */
export async function findTicket(tx: TenantTx, ticketId: string): Promise<Ticket> {
  const [ticket] = await tx
    .select()
    .from(tickets)
    .where(and(eq(tickets.tenantId, tx.tenantId), eq(tickets.id, ticketId)));
  if (!ticket) throw notFound();
  return ticket;
}

/** The ticket of a number that somebody typed into `field`; one that was merged is not linked to. */
export async function findByNumber(tx: TenantTx, number: number, field: string): Promise<Ticket> {
  const [ticket] = await tx
    .select()
    .from(tickets)
    .where(and(eq(tickets.tenantId, tx.tenantId), eq(tickets.number, number)));
  if (!ticket) throw invalid({ [field]: "unknown_ticket" });
  if (ticket.mergedIntoId) throw invalid({ [field]: "target_merged" });
  return ticket;
}
