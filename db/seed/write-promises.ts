import { eq } from "drizzle-orm";
import { newId } from "#server/core/ids.ts";
import { holidays, slaPolicies } from "../schema/sla.ts";
import { tenants } from "../schema/tenants.ts";
import type { SlaClock, SlaClocks, tickets } from "../schema/tickets.ts";
import type { TenantTx } from "../tenant.ts";
import type { DemoPromises } from "./shape.ts";

const minute = 60_000;

type Promised = Pick<
  typeof tickets.$inferSelect,
  "number" | "priority" | "status" | "conversationId" | "firstResponseAt" | "resolvedAt"
>;
/** What a ticket begins with; the job that watches deadlines reckons when they are due within seconds of the start. */
export type SeededPromise = (
  ticket: Promised,
  now: Date,
) => Partial<Pick<typeof tickets.$inferInsert, "slaPolicyId" | "slaClocks" | "slaWatchAt">>;

/** What the business promises, its hours and its days off; answers how far each promise has run on a ticket. */
export async function writePromises(
  tx: TenantTx,
  promises: DemoPromises | undefined,
  now: Date,
): Promise<SeededPromise> {
  if (!promises) return () => ({});
  const { tenantId } = tx;
  await tx.update(tenants).set({ businessHours: promises.hours }).where(eq(tenants.id, tenantId));
  await tx
    .insert(holidays)
    .values(
      [now.getFullYear(), now.getFullYear() + 1].flatMap((year) =>
        promises.holidays.map(({ day, name }) => ({ tenantId, day: `${year}-${day}`, name })),
      ),
    );
  const policies = promises.policies.map((policy, index) => ({
    ...policy,
    tenantId,
    id: newId(),
    position: index + 1,
  }));
  await tx.insert(slaPolicies).values(policies);
  return (ticket, at) => {
    const policy = policies.find(({ priorities }) => priorities.length === 0 || priorities.includes(ticket.priority));
    if (!policy) return {};
    const isWorkedOn = ticket.status === "open" || ticket.status === "in_progress";
    return { slaPolicyId: policy.id, slaClocks: clocksOf(ticket, policy, at), slaWatchAt: isWorkedOn ? at : null };
  };
}

/** Some are near; what was done was done in time. */
function clocksOf(ticket: Promised, policy: DemoPromises["policies"][number], now: Date): SlaClocks {
  const done = ticket.status === "resolved" || ticket.status === "closed";
  const rests = done || ticket.status === "waiting_customer";
  const clock = (target: number, usedMinutes: number, met: Date | null): SlaClock => ({
    target,
    used: usedMinutes * minute,
    since: met || rests ? null : now.getTime(),
    met: met?.getTime() ?? null,
  });
  const first = policy.firstResponseMinutes;
  // Between fifty minutes and an hour are left.
  const waited = ticket.firstResponseAt ? first / 4 : Math.max(0, first - 50 - (ticket.number % 10));
  return {
    ...(ticket.conversationId ? { first_response: clock(first, waited, ticket.firstResponseAt) } : {}),
    resolution: clock(policy.resolutionMinutes, policy.resolutionMinutes / 3, done ? ticket.resolvedAt : null),
  };
}
