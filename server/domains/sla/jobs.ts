import { byTenant, findDue, findTenants } from "#db/due.ts";
import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { defineJob, definePeriodic } from "#server/jobs/define-job.ts";
import { recountQueue } from "./queues.ts";
import { recountTickets } from "./recount-tickets.ts";
import { watchLateTickets } from "./tell-breach.ts";
import { watchDeadlines } from "./watch-deadlines.ts";

/** Tickets that one turn looks for; the rest comes with the next. */
const most = 500;

/** Tells of deadlines that are near or missed. */
export const watchDeadlinesJob = definePeriodic({
  name: "watch deadlines",
  everyMs: 5_000,
  run: async ({ clock, signal }) => {
    const watch = ([tenantId, ids]: [string, string[]]) => watchDeadlines(slaContext(tenantId, clock), ids);
    await inTurn(await dueTickets(clock), watch, signal);
  },
});

/** Tickets to be told of by now, across tenants, by tenant. */
export async function dueTickets(clock: Clock): Promise<Map<string, string[]>> {
  return new Map(byTenant(await findDue("ticket_deadlines", most, clock.now())));
}

/** Closes the alert about late tickets once none is. */
export const watchLateTicketsJob = definePeriodic({
  name: "watch late tickets",
  everyMs: 5 * 60_000,
  run: async ({ clock, signal }) => {
    await inTurn(await findTenants(), (tenantId) => watchLateTickets(slaContext(tenantId, clock)), signal);
  },
});

/** One step of reckoning a tenant's tickets anew. */
export const recountDeadlinesJob = defineJob({
  queue: recountQueue,
  concurrency: 1,
  handler: ({ tenantId, before }, { clock }) => recountTickets(slaContext(tenantId, clock), before),
});

const slaContext = (tenantId: string, clock: Clock) => contextFor(tenantId, { type: "job", name: "sla" }, clock);
