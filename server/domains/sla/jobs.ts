import { appPool } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
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
    for (const [tenantId, ids] of await dueTickets(clock)) {
      if (signal.aborted) return;
      await watchDeadlines(slaContext(tenantId, clock), ids);
    }
  },
});

/** Tickets to be told of by now, across tenants, by tenant. */
export async function dueTickets(clock: Clock): Promise<Map<string, string[]>> {
  const rows = await appPool()<{ tenant_id: string; id: string }[]>`
    select tenant_id, id from door.due('ticket_deadlines', ${most}, ${clock.now().toISOString()}::timestamptz)`;
  const byTenant = Map.groupBy(rows, (row) => row.tenant_id);
  return new Map([...byTenant].map(([tenantId, found]) => [tenantId, found.map(({ id }) => id)]));
}

/** Closes the alert about late tickets once none is. */
export const watchLateTicketsJob = definePeriodic({
  name: "watch late tickets",
  everyMs: 5 * 60_000,
  run: async ({ clock, signal }) => {
    const tenants = await appPool()<{ tenant_id: string }[]>`select tenant_id from door.tenants_for_maintenance()`;
    for (const { tenant_id: tenantId } of tenants) {
      if (signal.aborted) return;
      await watchLateTickets(slaContext(tenantId, clock));
    }
  },
});

/** One step of reckoning a tenant's tickets anew. */
export const recountDeadlinesJob = defineJob({
  queue: recountQueue,
  concurrency: 1,
  handler: ({ tenantId, before }, { clock }) => recountTickets(slaContext(tenantId, clock), before),
});

const slaContext = (tenantId: string, clock: Clock) => contextFor(tenantId, { type: "job", name: "sla" }, clock);
