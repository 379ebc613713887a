import { eq } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createConversation, createMember, createTenant } from "#db/factories.ts";
import type { BusinessHours } from "#db/schema/channels.ts";
import type { BusinessDays } from "#db/schema/tenants.ts";
import { ticketEvents, ticketPriorities, tickets } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { changesOfTheClock, someWeek, walk, type Minute } from "#server/domains/channels/testing-hours.ts";
import { changeTicket } from "#server/domains/tickets/change-ticket.ts";
import { customerReplied, memberReplied } from "#server/domains/tickets/index.ts";
import { openTicket } from "#server/domains/tickets/open-ticket.ts";
import { addHoliday, saveBusinessDays } from "./keep-holidays.ts";
import { recountTickets } from "./recount-tickets.ts";
import { deletePolicy, savePolicy } from "./save-policy.ts";
import type { SavePolicyInput } from "./schemas.ts";
import type { TicketHistory } from "./testing-recount.ts";
import { promisesOf, recountPromises } from "./testing-recount.ts";

await testDatabase();
const minute = 60_000;

const promised = fc.option(fc.integer({ min: 1, max: 900 }));
const somePolicy = fc
  .record({
    priorities: fc.subarray([...ticketPriorities], { minLength: 1 }),
    channels: fc.constantFrom<"whatsapp" | "sms">("whatsapp", "sms").map((channel) => [channel]),
    anyChannel: fc.boolean(),
    firstResponseMinutes: promised,
    nextResponseMinutes: promised,
    resolutionMinutes: promised,
    warnMinutes: fc.constantFrom(0, 15),
  })
  .filter(
    (one) => one.firstResponseMinutes !== null || one.nextResponseMinutes !== null || one.resolutionMinutes !== null,
  )
  .map(({ anyChannel, ...one }) => ({ ...one, channels: anyChannel ? [] : one.channels }));
type Policy = Omit<SavePolicyInput, "policyId">;

type Step =
  | { do: "customer writes" | "member replies" | "policy goes" }
  | { do: "status"; status: "open" | "in_progress" | "waiting_customer" | "resolved" | "closed" }
  | { do: "priority"; priority: (typeof ticketPriorities)[number] }
  | { do: "policy comes"; policy: Omit<Policy, "name" | "escalatePriority" | "escalateAssigneeId"> }
  | { do: "hours"; days: BusinessDays }
  | { do: "holiday"; day: number };
const someStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: "customer writes" } as const) },
  { weight: 4, arbitrary: fc.constant({ do: "member replies" } as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("status" as const),
      status: fc.constantFrom("open", "in_progress", "waiting_customer", "waiting_customer", "resolved", "closed"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("priority" as const), priority: fc.constantFrom(...ticketPriorities) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("policy comes" as const), policy: somePolicy }) },
  { weight: 1, arbitrary: fc.constant({ do: "policy goes" } as const) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("hours" as const), days: someWeek as fc.Arbitrary<BusinessDays> }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("holiday" as const), day: fc.nat({ max: 7 }) }) },
);
const someHistory = fc.array(fc.record({ after: fc.integer({ min: 1, max: 400 }), step: someStep }), {
  minLength: 1,
  maxLength: 16,
});

describe.each(changesOfTheClock.filter((_, index) => index < 4))("in $zone around $change", ({ zone, change }) => {
  const { minutes } = walk(zone, change);

  it("deadlines equal a recount from the timeline, whatever happened", async () => {
    await fc.assert(
      fc.asyncProperty(someHistory, fc.boolean(), async (history, talks) => {
        const story = await live(zone, minutes, history, talks);
        const told = await historyOf(story);
        expect(promisesOf(told)).toEqual(recountPromises(told));
      }),
      { numRuns: 15 },
    );
  });
});

type Story = Awaited<ReturnType<typeof live>>;

/** Lets a history happen to one ticket, through the verbs, and notes what the timeline does not keep. */
async function live(
  zone: string,
  minutes: readonly Minute[],
  history: readonly { after: number; step: Step }[],
  talks: boolean,
) {
  const clock = fixedClock(new Date(minutes[0]!.at));
  const tenant = await createTenant({ timezone: zone });
  const member = await createMember(tenant, "admin", { clock });
  const { ctx } = member;
  const conversation = talks ? await createConversation(tenant) : null;
  const conversationId = conversation?.conversationId;
  const policies: (Policy & { id: string })[] = [];
  const calendars: { at: number; hours: BusinessHours }[] = [
    {
      at: 0,
      hours: {
        days: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: "00:00", to: "24:00" }]])),
        closed: [],
      },
    },
  ];
  const messages: { at: number; from: "customer" | "member" }[] = [];
  const add = async (policy: Omit<Policy, "name" | "escalatePriority" | "escalateAssigneeId">) => {
    const whole = { ...policy, name: "P", escalatePriority: null, escalateAssigneeId: null };
    const { policyId } = await savePolicy(ctx, whole);
    policies.push({ ...whole, id: policyId });
  };
  const all = { priorities: [...ticketPriorities], channels: [], warnMinutes: 15 };
  await add({ ...all, firstResponseMinutes: 60, nextResponseMinutes: 45, resolutionMinutes: 300 });
  const opened = { subject: "Lampe", source: "manual", channelType: "sms" } as const;
  const { ticketId } = await openTicket(ctx, { ...opened, ...(conversationId ? { conversationId } : {}) });

  const turnCalendar = (change: Partial<BusinessHours>) =>
    calendars.push({ at: clock.now().getTime(), hours: { ...calendars.at(-1)!.hours, ...change } });
  for (const { after, step } of history) {
    clock.advance(after * minute);
    const at = clock.now().getTime();
    if (step.do === "status") await changeTicket(ctx, { ticketId, status: step.status });
    else if (step.do === "priority") await changeTicket(ctx, { ticketId, priority: step.priority });
    else if (step.do === "customer writes") {
      if (!conversationId) continue;
      await customerReplied(ctx, { conversationIds: [conversationId], previews: new Map() });
      messages.push({ at, from: "customer" });
    } else if (step.do === "member replies") {
      if (!conversationId) continue;
      await memberReplied(ctx, { conversationId });
      messages.push({ at, from: "member" });
    } else {
      if (step.do === "policy comes") await add(step.policy);
      else if (step.do === "policy goes") {
        const gone = policies.shift();
        if (gone) await deletePolicy(ctx, { policyId: gone.id });
      } else if (step.do === "hours") {
        if (!Object.values(step.days).some((spans) => spans.length > 0)) continue;
        await saveBusinessDays(ctx, { days: step.days as never });
        turnCalendar({ days: step.days });
      } else if (step.do === "holiday") {
        const day = minutes[Math.min(step.day * 1440, minutes.length - 1)]!.date;
        await addHoliday(ctx, { day, name: "Fermé" });
        turnCalendar({ closed: [...calendars.at(-1)!.hours.closed, day] });
      }
      await recountTickets(ctx);
    }
  }
  return { tenant, ticketId, minutes, policies, calendars, messages };
}

async function historyOf({ tenant, ticketId, messages, ...rest }: Story): Promise<TicketHistory> {
  const [[row], events] = await withTenant(tenant, (tx) =>
    Promise.all([
      tx.select().from(tickets).where(eq(tickets.id, ticketId)),
      tx.select().from(ticketEvents).where(eq(ticketEvents.ticketId, ticketId)).orderBy(ticketEvents.id),
    ]),
  );
  return { row: row!, events, said: messages, ...rest };
}
