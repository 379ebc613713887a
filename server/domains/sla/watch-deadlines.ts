import { and, asc, eq, inArray, lte } from "drizzle-orm";
import type { SlaTarget } from "#db/schema/tickets.ts";
import { ticketPriorities, tickets } from "#db/schema/tickets.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { announce } from "#server/domains/automation/index.ts";
import { listAssignees } from "#server/domains/members/index.ts";
import { alterTickets, handTo, setFields, together } from "#server/domains/tickets/index.ts";
import { reckon } from "./run-clocks.ts";
import type { SlaPolicy } from "./sla-settings.ts";
import { readSlaSettings } from "./sla-settings.ts";
import { tellBreach } from "./tell-breach.ts";
import { writeDeadlines } from "./write-deadlines.ts";

type Ticket = typeof tickets.$inferSelect;

/** A ticket of which a deadline is near or was missed just now. */
export interface DueTicket {
  ticket: Ticket;
  policy: SlaPolicy | null;
  warned: SlaTarget[];
  breached: SlaTarget[];
}

/**
 * Tells of the deadlines of these tickets that are near or missed, once each, and does what the policy says about
 * a missed one. A ticket that somebody changes at this moment is left for the next turn.
 */
export async function watchDeadlines(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const told = await markDue(ctx, tx, ids);
    const missed = told.filter(({ breached }) => breached.length > 0);
    if (missed.length > 0) await escalate({ ...ctx, tx }, missed);
    await tellBreach({ ...ctx, tx }, told);
    const near = told.filter(({ warned }) => warned.length > 0);
    await announce(
      { ...ctx, tx },
      near.map(({ ticket }) => ({ event: "promise_near", ticketId: ticket.id })),
    );
  });
}

async function markDue(ctx: Ctx, tx: TenantTx, ids: readonly string[]): Promise<DueTicket[]> {
  const at = ctx.clock.now();
  const settings = await readSlaSettings(tx);
  const found = await tx
    .select()
    .from(tickets)
    .where(and(eq(tickets.tenantId, ctx.tenantId), inArray(tickets.id, [...ids]), lte(tickets.slaWatchAt, at)))
    .orderBy(asc(tickets.id))
    .for("update", { skipLocked: true });
  const reckoned = found.flatMap((ticket) => {
    const now = reckon(settings, ticket, at, { tell: true });
    return now ? [{ id: ticket.id, ticket, ...now }] : [];
  });
  await writeDeadlines(tx, reckoned);
  return reckoned.filter(({ warned, breached }) => warned.length + breached.length > 0);
}

/** The timeline says what was missed; then the priority rises and the ticket changes hands as the policy says. */
async function escalate(ctx: Ctx, missed: readonly DueTicket[]): Promise<void> {
  const members = new Set((await listAssignees(ctx)).map(({ userId }) => userId));
  const byId = new Map(missed.map((one) => [one.ticket.id, one]));
  const rank = (priority: Ticket["priority"]) => ticketPriorities.indexOf(priority);
  await alterTickets(ctx, [...byId.keys()], (ticket) => {
    const { policy, breached } = byId.get(ticket.id)!;
    const { escalatePriority: priority, escalateAssigneeId: assigneeId } = policy ?? {};
    const said = breached.map((target) => ({ type: "sla_missed", data: { target, policy: policy?.name ?? null } }));
    return together(
      { set: {}, events: said },
      priority && rank(priority) > rank(ticket.priority) ? setFields(ticket, { priority }) : null,
      assigneeId && members.has(assigneeId) ? handTo(ticket, assigneeId, ctx.clock.now()) : null,
    );
  });
}
