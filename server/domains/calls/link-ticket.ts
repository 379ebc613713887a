import { eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { callLogs } from "#db/schema/calls.ts";
import { tickets } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid, notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { openTicket } from "#server/domains/tickets/index.ts";
import type { LinkTicketInput, OpenTicketFromCallInput } from "./schemas.ts";

/** Says which ticket a call is about, or that it is about none. A number that the business has no ticket of is refused beside its field. */
export async function linkTicket(ctx: Ctx, { callId, ticketNumber }: LinkTicketInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [call] = await tx
      .select({ ticketId: callLogs.ticketId })
      .from(callLogs)
      .where(eq(callLogs.id, callId))
      .for("update");
    if (!call) throw notFound();
    const [ticket] =
      ticketNumber === null
        ? []
        : await tx.select({ id: tickets.id }).from(tickets).where(eq(tickets.number, ticketNumber));
    if (ticketNumber !== null && !ticket) throw invalid({ ticketNumber: "unknown_ticket" });
    const ticketId = ticket?.id ?? null;
    if (ticketId === call.ticketId) return;
    await tx.update(callLogs).set({ ticketId, updatedAt: ctx.clock.now() }).where(eq(callLogs.id, callId));
    await recordAudit(
      { ...ctx, tx },
      { action: "call.link_ticket", entityType: "call", entityId: callId, data: { ticketId, before: call.ticketId } },
    );
    const touched = [ticketId, call.ticketId].filter((id) => id !== null);
    tx.afterCommit(() => {
      publish(ctx.tenantId, "calls", [callId]);
      publish(ctx.tenantId, "tickets", touched);
    });
  });
}

/** Opens a ticket about a call, by the verb that every ticket is opened by. */
export async function openTicketFromCall(
  ctx: Ctx,
  { callId, ...wanted }: OpenTicketFromCallInput,
): Promise<{ ticketId: string; number: number }> {
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const opened = await openTicket(inner, { ...wanted, source: "manual" });
    await linkTicket(inner, { callId, ticketNumber: opened.number });
    return opened;
  });
}
