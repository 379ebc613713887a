import { and, asc, eq, inArray } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { ticketEvents, tickets } from "#db/schema/tickets.ts";
import { withTenant, type TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { forgetTicketCounts } from "./count-tickets.ts";
import type { Alteration, Ticket } from "./ticket-changes.ts";

/**
 * The one way tickets change: rows locked in id order, then changed, with their timeline and audit
 * rows, in one transaction; watchers hear of it after the commit. All of the ids exist in the tenant,
 * or nothing happens and it is `not_found`. Answers the ids of the tickets that did change.
 */
export async function alterTickets(
  ctx: Ctx,
  ids: readonly string[],
  decide: (ticket: Ticket) => Alteration | null,
): Promise<string[]> {
  return withTenant(ctx, async (tx) => {
    const wanted = [...new Set(ids)];
    const found = await tx
      .select()
      .from(tickets)
      .where(and(eq(tickets.tenantId, ctx.tenantId), inArray(tickets.id, wanted)))
      .orderBy(asc(tickets.id))
      .for("update");
    if (found.length !== wanted.length) throw notFound();
    const changed = found.flatMap((ticket) => {
      const alteration = decide(ticket);
      return alteration ? [{ ticket, alteration }] : [];
    });
    if (changed.length === 0) return [];
    const updatedAt = ctx.clock.now();
    await Promise.all(
      changed.map(({ ticket, alteration }) =>
        tx
          .update(tickets)
          .set({ ...alteration.set, updatedAt })
          .where(and(eq(tickets.tenantId, ctx.tenantId), eq(tickets.id, ticket.id))),
      ),
    );
    await recordTicketEvents(
      ctx,
      tx,
      changed.flatMap(({ ticket, alteration }) => alteration.events.map((event) => ({ ticket, ...event }))),
    );
    return changed.map(({ ticket }) => ticket.id);
  });
}

export interface TicketEvent {
  ticket: { id: string; number: number };
  type: string;
  data: Record<string, unknown>;
}

/** Timeline and audit rows of changes made in this transaction, and the word to watchers. */
export async function recordTicketEvents(ctx: Ctx, tx: TenantTx, events: readonly TicketEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.insert(ticketEvents).values(
    events.map((event) => ({
      tenantId: ctx.tenantId,
      id: newId(),
      ticketId: event.ticket.id,
      type: event.type,
      actorType: ctx.actor.type,
      actorId: memberId(ctx),
      data: event.data,
      createdAt: ctx.clock.now(),
    })),
  );
  await recordAudit(
    { ...ctx, tx },
    ...events.map((event) => ({
      action: `ticket.${event.type}`,
      entityType: "ticket",
      entityId: event.ticket.id,
      data: { number: event.ticket.number, ...(event.type === "note" ? {} : event.data) },
    })),
  );
  const ids = [...new Set(events.map((event) => event.ticket.id))];
  tx.afterCommit(() => {
    forgetTicketCounts(ctx.tenantId);
    publish(ctx.tenantId, "tickets", ids);
  });
}
