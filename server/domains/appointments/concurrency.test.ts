import { expect, test } from "vitest";
import { createService } from "#db/factories-appointments.ts";
import { createChannel, createCustomer, createMember, createTenant, systemCtx } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { answerFunctions } from "#server/domains/calls/index.ts";
import { bookOnline } from "#server/domains/public-booking/book-online.ts";
import { saveBookingPage } from "#server/domains/public-booking/booking-page.ts";
import { holdTime } from "#server/domains/public-booking/hold-time.ts";
import { openBooking } from "#server/domains/public-booking/open-booking.ts";
import { sayTime } from "#server/domains/spoken-times/index.ts";
import { bookAppointment } from "./book-appointment.ts";
import { rescheduleAppointment } from "./reschedule-appointment.ts";
import { SlotTaken } from "./slot-taken.ts";

await testDatabase();
const clock = fixedClock("2026-11-23T07:00:00Z");
const days = { "1": [{ from: "09:00", to: "14:00" }], "2": [{ from: "09:00", to: "12:00" }] };

async function shop() {
  const tenant = await createTenant({ businessHours: days });
  const agent = await createMember(tenant, "agent", { clock });
  const service = await createService(tenant, [agent.userId], { bufferAfterMinutes: 0 });
  const ctx = systemCtx(tenant, clock);
  await saveBookingPage(ctx, { enabled: true, introFr: "", introEn: "", changeNoticeMinutes: 0 });
  return { tenant, agent, service, ctx };
}

/** Keeps a time on the public page and books it, a minute after its form was opened, each from somewhere else. */
async function bookOnPage(
  slug: string,
  slot: { serviceId: string; userId: string; startsAt: Date },
  person: { displayName: string; phone: string; address: string },
) {
  const { address, ...names } = person;
  const opened = { address, clock: fixedClock(new Date(clock.now().getTime() - 60_000)) };
  const { stamp } = await openBooking(opened, { slug });
  const visitor = { address, clock };
  const { holdId, visit } = await holdTime(visitor, { slug, ...slot });
  return bookOnline(visitor, { slug, ...slot, ...names, holdId, visit, stamp, language: "fr" });
}

/** A refusal as a caller hears it. */
class Heard extends Error {}

/** Asks the voice agent's function for a time, each in a call of its own. */
async function bookBySpeaking({ ctx, channelId }: { ctx: Ctx; channelId: string }, startsAt: Date, from: string) {
  const when = sayTime(startsAt, { zone: "Europe/Paris", language: "fr", now: clock.now() });
  const question = {
    kind: "functions" as const,
    callId: newId(),
    from,
    calls: [{ key: "1", name: "book_appointment", arguments: { when } }],
  };
  const { results } = await answerFunctions(ctx, channelId, question, AbortSignal.timeout(60_000));
  const { result, error } = results[0]!;
  if (!result?.startsWith("C'est noté")) throw new Heard(result ?? error ?? "");
  return result;
}

/** The first half hours of Monday the 23rd, in Paris. */
const slotAt = (index: number) => new Date(Date.parse("2026-11-23T08:00:00Z") + index * 30 * 60_000);

test("200 who ask for the same ten times at once end with ten appointments and 190 refusals that name the next free ones", async () => {
  const { tenant, agent, service, ctx } = await shop();
  const { slug } = tenant;
  const customers = await Promise.all(Array.from({ length: 20 }, () => createCustomer(tenant)));
  const { channelId } = await createChannel(tenant, { provider: "vapi" });
  const asked = Array.from({ length: 200 }, (_, index) => {
    const slot = { serviceId: service.serviceId, userId: agent.userId, startsAt: slotAt(index % 10) };
    const known = { ...slot, customerId: customers[index % 20]!.customerId };
    const written = { displayName: `Client ${index}`, phone: `06 39 98 ${70 + (index % 30)} ${10 + (index % 90)}` };
    // A member at the desk, the page for customers, and the voice on the phone.
    if (index % 3 === 0) return bookAppointment(agent.ctx, known);
    if (index % 3 === 1) return bookOnPage(slug, slot, { ...written, address: `198.51.100.${index}` });
    return bookBySpeaking({ ctx, channelId }, slot.startsAt, customers[index % 20]!.phone);
  });
  const outcomes = await Promise.allSettled(asked);
  const booked = outcomes.filter((one) => one.status === "fulfilled");
  const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  const taken = refused.filter((reason) => reason instanceof SlotTaken);
  const heard = refused.filter((reason) => reason instanceof Heard);
  expect(refused.filter((reason) => !(reason instanceof SlotTaken) && !(reason instanceof Heard))).toEqual([]);
  for (const { message } of heard)
    expect(message).toMatch(
      /^Ce moment n'est pas libre\. Les prochains moments libres sont (?:lundi 23|mardi 24) novembre à/,
    );
  expect([booked.length, refused.length]).toEqual([10, 190]);

  const rows = await withTenant(
    tenant,
    (tx) =>
      tx.raw<
        { startsAt: Date }[]
      >`select starts_at as "startsAt" from appointments where status = 'confirmed' order by starts_at`,
  );
  expect(rows.map(({ startsAt }) => startsAt)).toEqual(Array.from({ length: 10 }, (_, index) => slotAt(index)));
  const free = taken.map(({ slots }) => slots.map(({ startsAt }) => startsAt.getTime()));
  for (const slots of free) {
    expect(slots.length).toBe(5);
    expect(slots).toEqual(slots.toSorted((a, b) => a - b));
  }
  // Whoever was refused last is offered what follows the ten: Tuesday.
  expect(taken.at(-1)?.fields.startsAt).toBe("slot_taken");
  expect(free.some((slots) => slots[0] === Date.parse("2026-11-24T08:00:00Z"))).toBe(true);
});

test("members who move appointments to each other's times at once neither wait for each other nor lose one", async () => {
  const { tenant, agent, service } = await shop();
  const customer = await createCustomer(tenant);
  const slot = { serviceId: service.serviceId, userId: agent.userId, customerId: customer.customerId };
  const made = [];
  for (let index = 0; index < 6; index++)
    made.push(await bookAppointment(agent.ctx, { ...slot, startsAt: slotAt(index) }));
  const moves = made.flatMap(({ appointmentId }, index) => [
    rescheduleAppointment(agent.ctx, { appointmentId, startsAt: slotAt((index + 1) % 6) }),
    rescheduleAppointment(agent.ctx, { appointmentId, startsAt: slotAt(6 + (index % 3)) }),
  ]);
  const outcomes = await Promise.allSettled(moves);
  const odd = outcomes.flatMap((one) =>
    one.status === "rejected" && !/slot_taken|wrong_status/.test(String(one.reason)) ? [one.reason as unknown] : [],
  );
  expect(odd).toEqual([]);
  const [kept] = await withTenant(
    tenant,
    (tx) => tx.raw<{ confirmed: number; moved: number; total: number }[]>`
      select count(*) filter (where status = 'confirmed')::int as confirmed, count(*) filter (where status = 'rescheduled')::int as moved,
             (select total_appointments from customers where id = ${customer.customerId}) as total from appointments`,
  );
  expect(kept).toMatchObject({ confirmed: 6, total: 6 });
  expect(kept!.moved).toBe(outcomes.filter((one) => one.status === "fulfilled").length);
  expect(kept!.moved).toBeGreaterThanOrEqual(3);
});
