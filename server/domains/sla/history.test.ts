import { eq } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createConversation, createMember, createTenant } from "#db/factories.ts";
import type { BusinessHours } from "#db/schema/channels.ts";
import type { BusinessDays } from "#db/schema/tenants.ts";
import type { SlaTarget } from "#db/schema/tickets.ts";
import { ticketEvents, ticketPriorities, tickets } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import {
  changesOfTheClock,
  isOpenByHand,
  someWeek,
  walk,
  type Minute,
} from "#server/domains/channels/testing-hours.ts";
import { changeTicket } from "#server/domains/tickets/change-ticket.ts";
import { customerReplied, memberReplied } from "#server/domains/tickets/index.ts";
import { openTicket } from "#server/domains/tickets/open-ticket.ts";
import { addHoliday, saveBusinessDays } from "./keep-holidays.ts";
import { recountTickets } from "./recount-tickets.ts";
import { deletePolicy, savePolicy } from "./save-policy.ts";
import type { SavePolicyInput } from "./schemas.ts";

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
        expect(await stored(story)).toEqual(await recounted(story));
      }),
      { numRuns: 15 },
    );
  }, 120_000);
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
  return { tenant, ticketId, minutes, policies, calendars, messages, talks };
}

async function ticketOf({ tenant, ticketId }: Story) {
  const [[row], events] = await withTenant(tenant, (tx) =>
    Promise.all([
      tx.select().from(tickets).where(eq(tickets.id, ticketId)),
      tx.select().from(ticketEvents).where(eq(ticketEvents.ticketId, ticketId)).orderBy(ticketEvents.id),
    ]),
  );
  return { row: row!, events };
}

interface Standing {
  due: number | "later" | null;
  usedMinutes: number;
  met: number | null;
  target: number | null;
}
type Standings = Partial<Record<SlaTarget, Standing>>;

async function stored(story: Story): Promise<{ policy: string | null; standings: Standings }> {
  const { row } = await ticketOf(story);
  const last = story.minutes.at(-1)!.at;
  const dues = {
    first_response: row.firstResponseDueAt,
    next_response: row.nextResponseDueAt,
    resolution: row.resolutionDueAt,
  };
  const standings: Standings = {};
  for (const [name, clock] of Object.entries(row.slaClocks ?? {})) {
    const running = clock.since !== null && clock.target !== null;
    const due = dues[name as SlaTarget]?.getTime() ?? null;
    standings[name as SlaTarget] = {
      due: running && (due === null || due > last) ? "later" : due,
      usedMinutes: clock.used / minute,
      met: clock.met,
      target: clock.target,
    };
  }
  const nearest = Math.min(...Object.values(dues).map((due) => due?.getTime() ?? Infinity));
  expect(row.slaSortAt.getTime()).toBe(nearest === Infinity ? Date.parse("9999-12-31T00:00Z") : nearest);
  return { policy: row.slaPolicyId, standings };
}

/** The same from what happened: stretches of the timeline, each walked through minute by minute. */
async function recounted(story: Story): Promise<{ policy: string | null; standings: Standings }> {
  const { row, events } = await ticketOf(story);
  const created = row.createdAt.getTime();
  const turns = [
    { at: created, status: "open" },
    ...events.flatMap(({ type, data, createdAt }) => {
      const status = type === "resolved" || type === "closed" ? type : data["to"];
      const moves = ["status", "resolved", "closed", "reopened", "customer_replied"].includes(type);
      return moves ? [{ at: createdAt.getTime(), status: String(status) }] : [];
    }),
  ];
  const statusBefore = (at: number) => turns.findLast((turn) => turn.at < at)?.status ?? "open";
  const isDone = (status: string) => status === "resolved" || status === "closed";
  const heard = story.messages.filter(({ at, from }) =>
    from === "customer" ? statusBefore(at) !== "closed" : !isDone(statusBefore(at)),
  );

  /** When the promise may run, and whether it was fulfilled. */
  const spans: Partial<Record<SlaTarget, { from: number; to: number | null }>> = {};
  const firstReply = heard.find(({ from }) => from === "member")?.at ?? null;
  if (story.talks) spans.first_response = { from: created, to: firstReply };
  for (const { at, from } of heard) {
    const cycle = spans.next_response;
    if (from === "member") {
      if (cycle && cycle.to === null) cycle.to = at;
    } else if ((firstReply ?? Infinity) < at && cycle?.to !== null) spans.next_response = { from: at, to: null };
  }
  const last = turns.at(-1)!;
  const doneSince = isDone(last.status) ? turns[turns.findLastIndex((turn) => !isDone(turn.status)) + 1]!.at : null;
  spans.resolution = { from: created, to: doneSince };

  // What is done keeps the policy that it was done under.
  const isOver = isDone(last.status);
  const policy = story.policies.find(
    ({ priorities, channels }) =>
      priorities.includes(row.priority) && (channels.length === 0 || channels.some((one) => one === row.channelType)),
  );
  const targets = {
    first_response: policy?.firstResponseMinutes ?? null,
    next_response: policy?.nextResponseMinutes ?? null,
    resolution: policy?.resolutionMinutes ?? null,
  };
  const standings: Standings = {};
  for (const [name, span] of Object.entries(spans)) {
    const stretches = turns.flatMap(({ at, status }, index) => {
      const from = Math.max(at, span.from);
      const to = Math.min(turns[index + 1]?.at ?? Infinity, span.to ?? Infinity);
      const withUs = status === "open" || status === "in_progress";
      return withUs && from < to ? [{ from, to }] : [];
    });
    // Two that touch are one: it is counted by the calendar of its end.
    const joined: { from: number; to: number }[] = [];
    for (const stretch of stretches) {
      const before = joined.at(-1);
      if (before?.to === stretch.from) before.to = stretch.to;
      else joined.push({ ...stretch });
    }
    const over = joined.filter(({ to }) => to !== Infinity);
    const usedMinutes = over.reduce((sum, { from, to }) => sum + openMinutes(story, from, to), 0);
    const running = joined.find(({ to }) => to === Infinity);
    const target =
      span.to === null && !isOver ? targets[name as SlaTarget] : (row.slaClocks?.[name as SlaTarget]?.target ?? null);
    standings[name as SlaTarget] = {
      due: running && target !== null ? dueFrom(story, running.from, target - usedMinutes) : null,
      usedMinutes,
      met: span.to,
      target,
    };
  }
  return { policy: isOver ? row.slaPolicyId : (policy?.id ?? null), standings };
}

function calendarAt({ calendars }: Story, at: number): BusinessHours {
  return calendars.findLast((one) => one.at < at)!.hours;
}

function openMinutes(story: Story, from: number, to: number): number {
  const hours = calendarAt(story, to);
  return story.minutes.filter((one) => one.at >= from && one.at < to && isOpenByHand(hours, one)).length;
}

function dueFrom(story: Story, from: number, left: number): number | "later" {
  if (left <= 0) return from;
  const hours = calendarAt(story, Infinity);
  let waiting = left;
  const last = story.minutes.find((one) => one.at >= from && isOpenByHand(hours, one) && --waiting === 0);
  const due = last ? last.at + minute : Infinity;
  return due > story.minutes.at(-1)!.at ? "later" : due;
}
