import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { testDatabase } from "#db/testing.ts";
import { appPool } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import { cancelAppointment, completeAppointment } from "#server/domains/appointments/change-status.ts";
import { rescheduleAppointment } from "#server/domains/appointments/reschedule-appointment.ts";
import { SlotTaken } from "#server/domains/appointments/slot-taken.ts";
import { sendDueMessages } from "./jobs.ts";
import { day, hour, minute, tellingShop } from "./testing.ts";

await testDatabase();

const turnMs = 30 * minute;
const days = 31;

/** What happens between two turns of the workers, by shares of what there is. */
interface Deed {
  /** Of the month. */
  turn: number;
  does: "book" | "move" | "cancel" | "complete";
  /** Which appointment, of those that stand. */
  which: number;
  /** To which half-hour of the two weeks that follow. */
  to: number;
}

const deeds = fc.array(
  fc.record<Deed>({
    turn: fc.nat((days * day) / turnMs - 2),
    does: fc.constantFrom("book", "book", "book", "move", "move", "cancel", "complete"),
    which: fc.nat(1_000),
    to: fc.nat((14 * day) / turnMs),
  }),
  { minLength: 50, maxLength: 70 },
);
/** Turns at which no worker runs, and those at which one of the two dies at some look at the clock. */
const outages = fc.array(fc.record({ from: fc.nat((days * day) / turnMs), turns: fc.integer({ min: 1, max: 16 }) }), {
  maxLength: 6,
});
const deaths = fc.array(fc.record({ turn: fc.nat((days * day) / turnMs), look: fc.integer({ min: 2, max: 9 }) }), {
  minLength: 200,
  maxLength: 400,
});

/** One row of appointments, as whoever changed it remembers. */
interface Known {
  id: string;
  startsAt: Date;
  madeAt: Date;
  first: "confirmation" | "change";
  over: { at: Date; how: "moved" | "cancelled" | "completed" } | null;
}

/** A clock that stops its program at the so-manieth look, in the middle of whatever it does. */
function dying(clock: Clock, looks: number): Clock {
  let left = looks;
  return {
    now: () => {
      if (--left < 0) throw new Error("killed");
      return clock.now();
    },
  };
}

describe.each([
  ["the clock is set back", "2026-10-08T06:00:00Z", "Europe/Paris"],
  ["the clock is set forward", "2027-03-05T06:00:00Z", "Europe/Paris"],
  ["the clock is set forward elsewhere", "2027-02-24T12:00:00Z", "America/New_York"],
])("a month in which %s", (_what, start, zone) => {
  test("tells each thing once, and nothing that is no longer so", async () => {
    await fc.assert(
      fc.asyncProperty(deeds, outages, deaths, async (planned, down, killed) => {
        const shop = await tellingShop({ start, zone });
        const begin = shop.clock.now().getTime();
        const known: Known[] = [];
        const turns: Date[] = [];
        const byTurn = Map.groupBy(planned, ({ turn }) => turn);
        const deathAt = new Map(killed.map(({ turn, look }) => [turn, look]));
        for (let turn = 0; turn < ((days + 15) * day) / turnMs; turn++) {
          shop.until(new Date(begin + turn * turnMs));
          if (!down.some(({ from, turns: long }) => turn >= from && turn < from + long)) {
            turns.push(shop.clock.now());
            const look = deathAt.get(turn);
            await Promise.all([
              sendDueMessages(look === undefined ? shop.clock : dying(shop.clock, look)).catch((error: Error) =>
                expect(error.message).toBe("killed"),
              ),
              sendDueMessages(shop.clock),
            ]);
          }
          for (const deed of byTurn.get(turn) ?? []) {
            shop.clock.advance((7 * minute) / 10);
            await act(shop, known, deed);
          }
        }
        expect(await sent(shop)).toEqual(
          known.flatMap((one) => owed(one, turns, zone).map((kind) => `${one.id} ${kind}`)).toSorted(),
        );
        expect(new Set((await sent(shop)).map((line) => line.split(" ")[1])).size).toBe(5);
        await expectNothingTwice(shop);
      }),
      { numRuns: Number(process.env.MONTH_RUNS ?? 1), seed: 20261122 },
    );
  });
});

type Shop = Awaited<ReturnType<typeof tellingShop>>;

async function act(shop: Shop, known: Known[], { does, which, to }: Deed): Promise<void> {
  const now = shop.clock.now();
  const startsAt = new Date(Math.ceil((now.getTime() + to * turnMs) / turnMs) * turnMs);
  const standing = known.filter(({ over, startsAt: at }) => !over && at > now);
  const one = standing[which % Math.max(1, standing.length)];
  try {
    if (does === "book") {
      const { appointmentId } = await shop.book(startsAt);
      known.push({ id: appointmentId, startsAt, madeAt: now, first: "confirmation", over: null });
    } else if (!one) return;
    else if (does === "move") {
      // Never back to a time of which the customer was told: that is told by a test of its own.
      if (known.some((other) => Number(other.startsAt) === Number(startsAt))) return;
      const { appointmentId } = await rescheduleAppointment(shop.nadia.ctx, { appointmentId: one.id, startsAt });
      one.over = { at: now, how: "moved" };
      known.push({ id: appointmentId, startsAt, madeAt: now, first: "change", over: null });
    } else if (does === "cancel") {
      await cancelAppointment(shop.nadia.ctx, { appointmentId: one.id });
      one.over = { at: now, how: "cancelled" };
    } else {
      await completeAppointment(shop.nadia.ctx, { appointmentId: one.id });
      one.over = { at: now, how: "completed" };
    }
  } catch (error) {
    if (!(error instanceof SlotTaken)) throw error;
  }
}

/** What a customer should have heard of a row, reckoned from its life, the workers' turns and the wall clock. */
function owed({ startsAt, madeAt, first, over }: Known, turns: readonly Date[], zone: string): string[] {
  const wall = Temporal.Instant.fromEpochMilliseconds(startsAt.getTime()).toZonedDateTimeISO(zone);
  const dayBefore = new Date(wall.subtract({ days: 1 }).epochMilliseconds);
  const hourBefore = new Date(startsAt.getTime() - hour);
  const ahead = startsAt > madeAt;
  const [soon, early] = [new Date(startsAt.getTime() - 3 * hour), new Date(startsAt.getTime() - 5 * minute)];
  const rules = [
    ahead && first === "confirmation"
      ? { kind: first, due: madeAt, until: startsAt, waitsUntil: null, orElse: "goes" }
      : null,
    ahead && first === "change"
      ? { kind: first, due: new Date(madeAt.getTime() + 15_000), until: startsAt, waitsUntil: soon, orElse: "goes" }
      : null,
    ahead && Number(dayBefore) - Number(madeAt) >= hour
      ? { kind: "reminder_24h", due: dayBefore, until: soon, waitsUntil: soon, orElse: "drops" }
      : null,
    ahead && Number(hourBefore) - Number(madeAt) >= 15 * minute
      ? { kind: "reminder_1h", due: hourBefore, until: early, waitsUntil: early, orElse: "drops" }
      : null,
    over?.how === "cancelled"
      ? {
          kind: "cancellation",
          due: new Date(over.at.getTime() + 15_000),
          until: startsAt,
          waitsUntil: soon,
          orElse: "goes",
        }
      : null,
  ];
  return rules.flatMap((rule) => {
    if (!rule) return [];
    let { due } = rule;
    for (;;) {
      const turn = turns.find((at) => at >= due);
      if (!turn || turn >= rule.until) return [];
      if (rule.kind !== "cancellation" && over && over.at <= turn) return [];
      const opens = nextHours(turn, zone);
      if (rule.waitsUntil === null || Number(opens) === Number(turn)) return [rule.kind];
      if (opens >= rule.waitsUntil) return rule.orElse === "goes" ? [rule.kind] : [];
      due = opens;
    }
  });
}

/** This instant, or the next eight o'clock, where it is before that or after eight in the evening. */
function nextHours(instant: Date, zone: string): Date {
  const wall = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
  if (wall.hour >= 8 && wall.hour < 20) return instant;
  const date = wall.hour < 8 ? wall.toPlainDate() : wall.toPlainDate().add({ days: 1 });
  return new Date(date.toZonedDateTime({ timeZone: zone, plainTime: "08:00" }).epochMilliseconds);
}

/** What stands in the outbox, by the row that it is about. */
async function sent(shop: Shop): Promise<string[]> {
  const rows = await shop.rows<{ line: string }>(
    `select told.appointment_id || ' ' || told.kind as line
       from messages message join appointment_messages told on message.idempotency_key = 'appointment:' || told.id
      where message.direction = 'out'`,
  );
  return rows.map(({ line }) => line).toSorted();
}

async function expectNothingTwice(shop: Shop): Promise<void> {
  const { tenantId } = shop.tenant;
  const messages = await shop.rows<{ id: string }>("select id from messages where direction = 'out'");
  const jobs = await appPool()<{ id: string }[]>`
    select data->>'messageId' as id from pgboss.job where name = 'messages.send' and data->>'tenantId' = ${tenantId}`;
  expect(jobs.map(({ id }) => id).toSorted()).toEqual(messages.map(({ id }) => id).toSorted());
  const late = await shop.rows(
    `select told.kind from appointment_messages told
       join messages message on message.id = told.message_id
       join appointments appointment on appointment.id = told.appointment_id
      where message.occurred_at >= appointment.starts_at
         or (told.kind <> 'cancellation' and appointment.status <> 'confirmed' and message.occurred_at > appointment.status_at)`,
  );
  expect(late).toEqual([]);
}
