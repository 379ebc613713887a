import { withTenant, type TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, invalid } from "#server/core/errors.ts";
import { alterTickets } from "./alter-tickets.ts";
import type { MergeTicketInput, TicketInput } from "./schemas.ts";
import { mergeTicketInput, ticketInput } from "./schemas.ts";
import { ancestorsOf, findByNumber, findTicket, lockTree } from "./ticket-tree.ts";

/**
 * Lets a ticket go on in another. It closes and points there; its watchers and children follow, its notes are
 * read there, its conversation stays what it is: what the customer writes in it moves the ticket that goes on.
 * Refused beside `into`: the ticket itself, one that was merged, one of its own parts.
 */
export async function mergeTicket(ctx: Ctx, input: MergeTicketInput): Promise<void> {
  const { ticketId, into } = mergeTicketInput.parse(input);
  await withTenant(ctx, async (tx) => {
    await lockTree(tx);
    const source = await findTicket(tx, ticketId);
    if (source.mergedIntoId) throw new DomainError("conflict", "ticket_merged");
    const target = await findByNumber(tx, into, "into");
    if (target.id === source.id) throw invalid({ into: "merge_itself" });
    if ((await ancestorsOf(tx, target.id)).includes(source.id)) throw invalid({ into: "merge_into_part" });
    const children = await moveChildren(tx, { from: source.id, to: target.id });
    await bringWatchers(ctx, tx, { from: source.id, to: target.id });
    await alterTickets({ ...ctx, tx }, [source.id, target.id], (ticket) => {
      if (ticket.id === target.id) return { set: {}, events: [{ type: "absorbed", data: { number: source.number } }] };
      const closedAt = ticket.closedAt?.toISOString() ?? null;
      return {
        set: {
          status: "closed",
          closedAt: ctx.clock.now(),
          mergedIntoId: target.id,
          mergedState: { status: ticket.status, closedAt, children },
        },
        events: [{ type: "merged", data: { from: ticket.status, into: target.number } }],
      };
    });
  });
}

/**
 * Takes a merge back: the ticket is what it was, watchers who came with it leave, and children who are still where
 * they were brought come back, but for one that the ticket itself has become a part of since.
 */
export async function undoMerge(ctx: Ctx, input: TicketInput): Promise<void> {
  const { ticketId } = ticketInput.parse(input);
  await withTenant(ctx, async (tx) => {
    await lockTree(tx);
    const source = await findTicket(tx, ticketId);
    const { mergedIntoId, mergedState } = source;
    if (!mergedIntoId || !mergedState) throw new DomainError("conflict", "not_merged");
    const target = await findTicket(tx, mergedIntoId);
    const above = new Set(await ancestorsOf(tx, source.id));
    const back = mergedState.children.filter((id) => !above.has(id));
    await moveChildren(tx, { from: target.id, to: source.id, only: back });
    await tx.raw.unsafe("delete from ticket_watchers where tenant_id = $1 and ticket_id = $2 and via_ticket_id = $3", [
      tx.tenantId,
      target.id,
      source.id,
    ]);
    await alterTickets({ ...ctx, tx }, [source.id, target.id], (ticket) => {
      if (ticket.id === target.id) return { set: {}, events: [{ type: "released", data: { number: source.number } }] };
      const { status, closedAt } = mergedState;
      return {
        set: { status, closedAt: closedAt ? new Date(closedAt) : null, mergedIntoId: null, mergedState: null },
        events: [{ type: "unmerged", data: { from: target.number, to: status } }],
      };
    });
  });
}

async function moveChildren(
  tx: TenantTx,
  { from, to, only = null }: { from: string; to: string; only?: string[] | null },
): Promise<string[]> {
  const rows = await tx.raw.unsafe<{ id: string }[]>(
    `update tickets set parent_id = $3 where tenant_id = $1 and parent_id = $2 and ($4::uuid[] is null or id = any ($4::uuid[]))
     returning id`,
    [tx.tenantId, from, to, only] as never[],
  );
  return rows.map((row) => row.id);
}

async function bringWatchers(ctx: Ctx, tx: TenantTx, { from, to }: { from: string; to: string }): Promise<void> {
  await tx.raw.unsafe(
    `insert into ticket_watchers (tenant_id, ticket_id, user_id, via_ticket_id, created_at)
     select tenant_id, $3, user_id, $2, $4::timestamptz from ticket_watchers where tenant_id = $1 and ticket_id = $2
     on conflict do nothing`,
    [tx.tenantId, from, to, ctx.clock.now()] as never[],
  );
}
