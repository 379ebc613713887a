import { and, asc, eq, inArray } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { openTicketStatuses, tickets } from "#db/schema/tickets.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { recountQueue } from "./queues.ts";
import { reckon } from "./run-clocks.ts";
import { readSlaSettings } from "./sla-settings.ts";
import { writeDeadlines } from "./write-deadlines.ts";

/** Tickets that one step reckons. */
export const ticketsPerStep = 500;

/** The last ticket that a step reckoned: instants as text, for they travel with the job. */
export interface RecountPlace {
  updatedAt: string;
  id: string;
}

/**
 * Reckons the next open tickets by the rules as they are now, and asks for the step after. From the newest change
 * to the oldest: a ticket that changes meanwhile moves ahead, and is reckoned anew by its change. A deadline that
 * the new rules put into the past is late from then on, but nobody is told and nothing is escalated.
 */
export async function recountTickets(ctx: Ctx, before?: RecountPlace): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const step = await nextTickets(tx, before);
    const last = step.at(-1);
    if (!last) return;
    const ids = step.map(({ id }) => id);
    await reckonAgain(ctx, tx, ids);
    if (step.length === ticketsPerStep) {
      const place = { updatedAt: last.updatedAt.toISOString(), id: last.id };
      await enqueue({ ...ctx, tx }, recountQueue, { tenantId: ctx.tenantId, before: place });
    }
    tx.afterCommit(() => publish(ctx.tenantId, "tickets", ids));
  });
}

async function nextTickets(tx: TenantTx, before?: RecountPlace): Promise<{ id: string; updatedAt: Date }[]> {
  const open = `tenant_id = $1 and status in (${openTicketStatuses.map((status) => `'${status}'`).join(", ")})`;
  const further = before ? "and (updated_at, id) < ($2::timestamptz, $3::uuid)" : "";
  return tx.raw.unsafe(
    `select id, updated_at as "updatedAt" from tickets where ${open} ${further}
      order by updated_at desc, id desc limit ${ticketsPerStep}`,
    [tx.tenantId, ...(before ? [before.updatedAt, before.id] : [])],
    { prepare: true },
  );
}

async function reckonAgain(ctx: Ctx, tx: TenantTx, ids: readonly string[]): Promise<void> {
  const settings = await readSlaSettings(tx);
  const found = await tx
    .select()
    .from(tickets)
    .where(and(eq(tickets.tenantId, ctx.tenantId), inArray(tickets.id, [...ids])))
    .orderBy(asc(tickets.id))
    .for("update");
  const at = ctx.clock.now();
  const reckoned = found.flatMap((ticket) => {
    const deadlines = reckon(settings, ticket, at, { tell: true })?.deadlines;
    return deadlines ? [{ id: ticket.id, deadlines }] : [];
  });
  await writeDeadlines(tx, reckoned);
}
