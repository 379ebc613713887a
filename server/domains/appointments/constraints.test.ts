import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAppointment, createService } from "#db/factories-appointments.ts";
import { createCustomer, createMember, createTenant, readCustomer } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { scansOf } from "#db/testing-plans.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { bookAppointment } from "./book-appointment.ts";
import { cancelAppointment, completeAppointment, markNoShow, reopenAppointment } from "./change-status.ts";
import { holdSlot } from "./hold-slot.ts";
import { appointmentsPerPage, listAppointments } from "./list-appointments.ts";
import { readCalendar } from "./read-calendar.ts";
import { rescheduleAppointment } from "./reschedule-appointment.ts";

const database = await testDatabase();
const clock = fixedClock("2026-11-23T07:00:00Z");
const minuteMs = 60_000;
const at = (minutes: number) => new Date(Date.parse("2026-11-23T08:00:00Z") + minutes * minuteMs);

async function shop(values: Parameters<typeof createService>[2] = {}) {
  const tenant = await createTenant();
  const agent = await createMember(tenant, "agent", { clock });
  return {
    tenant,
    agent,
    service: await createService(tenant, [agent.userId], values),
    customer: await createCustomer(tenant),
  };
}

describe("the database itself", () => {
  test("keeps a seat from being taken twice, and a member from two services or two times at once", async () => {
    const { tenant, agent, service, customer } = await shop();
    const other = await createService(tenant, [agent.userId]);
    const whose = { userId: agent.userId, customerId: customer.customerId };
    await createAppointment(service, { ...whose, startsAt: at(0), blockedFrom: at(-15) });
    const constraint = (make: Promise<unknown>) =>
      make.then(
        () => null,
        (error: { constraint_name?: string; cause?: { constraint_name?: string } }) =>
          error.constraint_name ?? error.cause?.constraint_name,
      );
    const seatTwo = { ...whose, seat: 2 };
    expect(await constraint(createAppointment(service, { ...whose, startsAt: at(0) }))).toBe("appointments_seat_once");
    expect(await constraint(createAppointment(other, { ...seatTwo, startsAt: at(0) }))).toBe(
      "appointments_one_service",
    );
    expect(await constraint(createAppointment(service, { ...seatTwo, startsAt: at(-30), endsAt: at(-14) }))).toBe(
      "appointments_one_time",
    );
    // What ends where another's buffer begins does not meet it, and what is over meets nothing.
    expect(await constraint(createAppointment(other, { ...whose, startsAt: at(-45), endsAt: at(-15) }))).toBeNull();
    expect(await constraint(createAppointment(service, { ...whose, startsAt: at(0), status: "cancelled" }))).toBeNull();
    expect(await constraint(createAppointment(service, { ...seatTwo, startsAt: at(0) }))).toBeNull();
  });
});

type Step = {
  kind: "hold" | "book" | "move" | "resize" | "cancel" | "complete" | "miss" | "reopen" | "wait";
  which: number;
  slot: number;
};
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    "hold",
    "book",
    "book",
    "move",
    "move",
    "resize",
    "cancel",
    "complete",
    "miss",
    "reopen",
    "wait",
  ),
  which: fc.nat(20),
  slot: fc.nat(15),
});

test("after any history nobody is in two places, and customers count what they have", async () => {
  let booked = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 25 }),
      fc.integer({ min: 1, max: 2 }),
      async (steps, capacity) => {
        const time = fixedClock("2026-11-23T07:00:00Z");
        const { tenant, agent, service, customer } = await shop({ capacity, bufferBeforeMinutes: 10 });
        const ctx = { ...agent.ctx, clock: time };
        const slot = (index: number) => ({
          serviceId: service.serviceId,
          userId: agent.userId,
          startsAt: at(index * 20),
        });
        const made: string[] = [];
        for (const { kind, which, slot: index } of steps) {
          const appointmentId = made[which % Math.max(made.length, 1)] ?? newId();
          const run = {
            hold: () => holdSlot(ctx, slot(index)),
            book: () => bookAppointment(ctx, { ...slot(index), customerId: customer.customerId }),
            move: () => rescheduleAppointment(ctx, { appointmentId, startsAt: at(index * 20) }),
            resize: () =>
              rescheduleAppointment(ctx, { appointmentId, startsAt: at(index * 20), endsAt: at(index * 20 + 50) }),
            cancel: () => cancelAppointment(ctx, { appointmentId }),
            complete: () => completeAppointment(ctx, { appointmentId }),
            miss: () => markNoShow(ctx, { appointmentId }),
            reopen: () => reopenAppointment(ctx, { appointmentId }),
            wait: () => Promise.resolve(time.advance(4 * minuteMs)),
          }[kind];
          const done = await run().catch((error: { reason?: string }) => {
            expect(error.reason).toMatch(/^(slot_taken|wrong_status|not_found)$/);
          });
          if (done && "appointmentId" in done) made.push(done.appointmentId);
        }
        const rows = await withTenant(
          tenant,
          (tx) => tx.raw<{ status: string; seat: number; starts: Date; from: Date; until: Date }[]>`
          select status, seat, starts_at as starts, blocked_from as from, blocked_until as until from appointments`,
        );
        const taking = rows.filter(({ status }) => status === "held" || status === "confirmed");
        for (const [index, one] of taking.entries())
          for (const other of taking.slice(index + 1)) {
            if (one.from >= other.until || other.from >= one.until) continue;
            expect([one.starts.getTime(), one.seat]).not.toEqual([other.starts.getTime(), other.seat]);
            expect(one.starts).toEqual(other.starts);
          }
        expect(Math.max(0, ...taking.map(({ seat }) => seat))).toBeLessThanOrEqual(capacity);
        const counted = rows.filter(({ status }) => status !== "held" && status !== "rescheduled").length;
        expect((await readCustomer(customer)).totalAppointments).toBe(counted);
        booked += counted;
      },
    ),
    // Some thirty-five bookings in twenty-five histories, and hardly ever fewer than twenty: twice as many histories.
    { numRuns: 50 },
  );
  expect(booked).toBeGreaterThan(25);
});

describe("reading", async () => {
  const { tenant, agent, service, customer } = await shop();
  const colleague = await createMember(tenant, "agent", { clock });
  // Four a day for each of two, over four years.
  await withTenant(tenant, (tx) =>
    tx.raw.unsafe(
      `insert into appointments (tenant_id, id, service_id, user_id, seat, customer_id, status, status_at, starts_at, ends_at, blocked_from, blocked_until)
       select $1, gen_random_uuid(), $2, case when n % 2 = 0 then $3::uuid else $4::uuid end, 1, $5,
              case when n % 97 = 0 then 'no_show' when n % 7 = 0 then 'cancelled' else 'completed' end, now(), at, at + interval '30 minutes', at, at + interval '30 minutes'
         from generate_series(1, 12000) n, lateral (select timestamptz '2024-11-01 08:00Z' + n * interval '3 hours' as at) placed`,
      [tenant.tenantId, service.serviceId, agent.userId, colleague.userId, customer.customerId] as never[],
    ),
  );
  await database.owner.unsafe("vacuum analyze appointments");

  const looked = async (run: () => Promise<unknown>, statement: RegExp) => {
    const found = (await statementsOf(run)).filter(({ query }) => statement.test(query));
    expect(found).toHaveLength(1);
    return Promise.all(
      (["custom", "generic"] as const).map(async (mode) => {
        const scans = (await scansOf(tenant, found[0]!, mode)).filter(({ table }) => table === "appointments");
        expect(scans.map(({ node }) => node)).not.toContain("Seq Scan");
        return scans.reduce((rows, scan) => rows + scan.rows, 0);
      }),
    );
  };

  test.each([
    ["everything", {}],
    ["a member's", { userId: agent.userId }],
    ["a customer's", { customerId: customer.customerId }],
    ["a service's", { serviceId: service.serviceId }],
    ["who did not come", { status: ["no_show" as const] }],
    ["a week", { from: new Date("2026-03-02"), until: new Date("2026-03-09") }],
  ])("a page of %s looks at what it shows, the far end too", async (_, filter) => {
    const asked = { ...filter, direction: "desc" as const };
    const page = await listAppointments(agent.ctx, asked);
    const rows = await looked(() => listAppointments(agent.ctx, asked), /as "customerPhone"/);
    expect(Math.max(...rows)).toBeLessThanOrEqual(2 * (appointmentsPerPage + 1));
    const after = page.next ?? undefined;
    const next = await looked(() => listAppointments(agent.ctx, { ...asked, after }), /as "customerPhone"/);
    expect(Math.max(...next)).toBeLessThanOrEqual(2 * (appointmentsPerPage + 1));
  });

  test("a page is two statements in one round trip, a week of the calendar three", async () => {
    expect(await statementsOf(() => listAppointments(agent.ctx, {}))).toHaveLength(2);
    const week = { from: new Date("2026-03-02"), until: new Date("2026-03-09") };
    expect(await statementsOf(() => readCalendar(agent.ctx, week))).toHaveLength(3);
    const rows = await looked(() => readCalendar(agent.ctx, week), /as "customerName"/);
    expect(Math.max(...rows)).toBeLessThanOrEqual(80);
  });

  test("booking looks at the member's days around it alone", async () => {
    const slot = { serviceId: service.serviceId, userId: agent.userId, startsAt: at(0) };
    const rows = await looked(
      () => bookAppointment(agent.ctx, { ...slot, customerId: customer.customerId }),
      /as shares from appointments/,
    );
    expect(Math.max(...rows)).toBeLessThanOrEqual(60);
  });
});
