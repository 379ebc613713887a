import { and, asc, eq, inArray } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { memberships } from "#db/schema/tenants.ts";
import { tickets, ticketWatchers } from "#db/schema/tickets.ts";
import { withTenant, type TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { forbidden, notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { forgetTicketCounts } from "./count-tickets.ts";
import type { TicketInput } from "./schemas.ts";
import { ticketInput } from "./schemas.ts";

/** The acting member follows the ticket: it is in their view "watched". Watching twice is watching. */
export async function watchTicket(ctx: Ctx, input: TicketInput): Promise<void> {
  await change(ctx, input, "watch", (tx, watcher) =>
    tx
      .insert(ticketWatchers)
      .values({ ...watcher, createdAt: ctx.clock.now() })
      .onConflictDoUpdate({
        target: [ticketWatchers.tenantId, ticketWatchers.ticketId, ticketWatchers.userId],
        // Who watches on purpose stays when the merge that brought them is undone.
        set: { viaTicketId: null },
      }),
  );
}

export async function unwatchTicket(ctx: Ctx, input: TicketInput): Promise<void> {
  await change(ctx, input, "unwatch", (tx, { tenantId, ticketId, userId }) =>
    tx
      .delete(ticketWatchers)
      .where(
        and(
          eq(ticketWatchers.tenantId, tenantId),
          eq(ticketWatchers.ticketId, ticketId),
          eq(ticketWatchers.userId, userId),
        ),
      ),
  );
}

/** Active members who follow these tickets, for whoever tells them what happened. */
export async function listWatchers(
  ctx: Ctx,
  ticketIds: readonly string[],
): Promise<{ ticketId: string; userId: string }[]> {
  if (ticketIds.length === 0) return [];
  const { ticketId, userId, tenantId } = ticketWatchers;
  return withTenant(ctx, (tx) =>
    tx
      .select({ ticketId, userId })
      .from(ticketWatchers)
      .innerJoin(memberships, and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId)))
      .where(and(eq(tenantId, ctx.tenantId), inArray(ticketId, [...ticketIds]), eq(memberships.status, "active")))
      .orderBy(asc(ticketId), asc(userId)),
  );
}

interface Watcher {
  tenantId: string;
  ticketId: string;
  userId: string;
}

async function change(
  ctx: Ctx,
  input: TicketInput,
  verb: "watch" | "unwatch",
  write: (tx: TenantTx, watcher: Watcher) => PromiseLike<unknown>,
): Promise<void> {
  const { ticketId } = ticketInput.parse(input);
  const userId = memberId(ctx);
  if (!userId) throw forbidden();
  await withTenant(ctx, async (tx) => {
    const { tenantId } = ctx;
    const [ticket] = await tx
      .select({ number: tickets.number })
      .from(tickets)
      .where(and(eq(tickets.tenantId, tenantId), eq(tickets.id, ticketId)));
    if (!ticket) throw notFound();
    await write(tx, { tenantId, ticketId, userId });
    await recordAudit(
      { ...ctx, tx },
      { action: `ticket.${verb}`, entityType: "ticket", entityId: ticketId, data: { number: ticket.number } },
    );
    tx.afterCommit(() => {
      forgetTicketCounts(tenantId);
      publish(tenantId, "tickets", [ticketId]);
    });
  });
}
