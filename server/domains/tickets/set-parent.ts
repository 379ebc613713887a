import { withTenant, type TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";
import { alterTickets } from "./alter-tickets.ts";
import type { SetParentInput } from "./schemas.ts";
import { setParentInput } from "./schemas.ts";
import type { Ticket } from "./ticket-changes.ts";
import { refuseMerged } from "./ticket-changes.ts";
import { ancestorsOf, findByNumber, findTicket, lockTree } from "./ticket-tree.ts";

/** Makes a ticket a part of another, or of nothing. Refused beside `parent` where it would be above itself. */
export async function setParent(ctx: Ctx, input: SetParentInput): Promise<void> {
  const { ticketId, parent } = setParentInput.parse(input);
  await withTenant(ctx, async (tx) => {
    await lockTree(tx);
    const child = await findTicket(tx, ticketId);
    refuseMerged(child);
    const to = parent === null ? null : await findByNumber(tx, parent, "parent");
    if (to) await refuseCircle(tx, child, to);
    if (child.parentId === (to?.id ?? null)) return;
    const from = child.parentId ? await findTicket(tx, child.parentId) : null;
    const numbers = { from: from?.number ?? null, to: to?.number ?? null };
    const { number } = child;
    await alterTickets(
      { ...ctx, tx },
      [ticketId, from?.id, to?.id].filter((id) => id !== undefined),
      (ticket) => {
        if (ticket.id === ticketId)
          return { set: { parentId: to?.id ?? null }, events: [{ type: "parent", data: numbers }] };
        return {
          set: {},
          events: [{ type: ticket.id === to?.id ? "child_added" : "child_removed", data: { number } }],
        };
      },
    );
  });
}

async function refuseCircle(tx: TenantTx, child: Ticket, parent: Ticket): Promise<void> {
  if (parent.id === child.id) throw invalid({ parent: "parent_itself" });
  if ((await ancestorsOf(tx, parent.id)).includes(child.id)) throw invalid({ parent: "parent_circle" });
}
