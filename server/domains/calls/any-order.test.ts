import fc from "fast-check";
import { expect, test } from "vitest";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import type { CallEvent } from "./call-facts.ts";
import { recordCalls } from "./index.ts";
import { at, caller, callingShop } from "./testing.ts";

await testDatabase();

/** A call as a provider would tell of it, in the order it happened. */
const story = fc
  .record({
    direction: fc.constantFrom("in" as const, "out" as const),
    withheld: fc.boolean(),
    rings: fc.boolean(),
    answered: fc.boolean(),
    turns: fc.array(fc.constantFrom("Bonjour", "Oui", "Une lampe", "Merci"), { maxLength: 5 }),
    end: fc.constantFrom("completed" as const, "no_answer" as const, "voicemail" as const, "failed" as const),
    report: fc.boolean(),
    analysis: fc.boolean(),
    cents: fc.option(fc.nat({ max: 500 })),
  })
  .map(
    ({ direction, withheld, rings, answered, turns, end, report, analysis, cents }): [number, Partial<CallEvent>][] => {
      const person = withheld ? null : caller("+33639981234", "Camille");
      const same = { direction, person, from: withheld ? null : "+33639981234", assistantId: "accueil" };
      const told: [number, Partial<CallEvent>][] = [];
      const words = turns.map((text, index) => ({ speaker: "customer" as const, text, at: index }));
      if (rings) told.push([0, { ...same, status: "queued" }], [1, { ...same, status: "ringing" }]);
      if (answered) told.push([3, { ...same, status: "in_progress", answeredAt: at(3) }]);
      for (let said = 1; said <= words.length; said++) {
        told.push([3 + said, { ...same, status: "in_progress", transcript: words.slice(0, said) }]);
      }
      const times = { startedAt: at(1), endedAt: at(40) };
      told.push([40, { ...same, ...times, status: "completed", endedReason: "ended" }]);
      if (report) {
        const cost = cents === null ? {} : { costCents: cents, currency: "USD" };
        const summary = "Un appel.";
        told.push([
          45,
          {
            ...same,
            ...times,
            ...cost,
            status: end,
            durationSeconds: 37,
            transcript: words,
            summary,
            endedReason: end,
          },
        ]);
      }
      if (analysis)
        told.push([50, { ...same, ...times, status: end, sentiment: "neutral", summary: "Un appel, analysé." }]);
      return told;
    },
  );

const finals = new Set(["completed", "no_answer", "voicemail", "failed"]);

/** The row that the story should end in: told once, in order, each word replacing the one before. */
function expected(events: [number, Partial<CallEvent>][]) {
  const last = <Key extends keyof CallEvent>(key: Key) =>
    events.findLast(([, says]) => says[key] != null)?.[1][key] ?? null;
  const statuses = events.map(([, says]) => says.status!);
  const ended = statuses.filter((status) => finals.has(status));
  const transcript = events.findLast(([, says]) => says.transcript && says.transcript.length > 0)?.[1].transcript;
  return {
    direction: events[0]![1].direction,
    status: ended.find((status) => status !== "completed") ?? ended[0] ?? statuses.at(-1),
    started_at: last("startedAt"),
    answered_at: last("answeredAt"),
    ended_at: last("endedAt"),
    duration_seconds: last("durationSeconds"),
    cost_cents: last("costCents"),
    summary: last("summary"),
    sentiment: last("sentiment"),
    ended_reason: last("endedReason"),
    from_number: last("from"),
    assistant_id: last("assistantId"),
    transcript: transcript ?? [],
  };
}

test("a call ends in the same row, line and activity whatever the order, repetition and batching of its events", async () => {
  const { tenant, ctx, told } = await callingShop();
  let nth = 0;
  await fc.assert(
    fc.asyncProperty(story, fc.infiniteStream(fc.nat({ max: 1_000 })), async (events, chance) => {
      const callId = `appel-${nth++}`;
      const choose = () => chance.next().value as number;
      const copies = events.flatMap((event, index) =>
        Array.from({ length: 1 + (choose() % 3) }, () => ({ event, index })),
      );
      const shuffled = copies
        .map((copy) => ({ copy, at: choose() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ copy }) => told(callId, copy.event[0], copy.event[1], `${callId}:${copy.index}`));
      const outcomes: string[] = [];
      while (shuffled.length > 0) {
        const batch = shuffled.splice(0, 1 + (choose() % 4));
        outcomes.push(...(await recordCalls(ctx, batch)).map((one) => one.outcome));
      }
      expect(outcomes.filter((outcome) => outcome === "recorded")).toHaveLength(events.length);
      const [row, line, activities] = await withTenant(tenant, async (tx) => [
        (await tx.raw`select * from call_logs where external_id = ${callId}`)[0],
        (await tx.raw`select * from messages where external_id = ${callId}`)[0],
        await tx.raw`select * from customer_activities where message_id = (select id from messages where external_id = ${callId})`,
      ]);
      const wanted = expected(events);
      expect(row).toMatchObject(wanted);
      if (events[0]![1].person === null) {
        expect([line, activities.length, row?.customer_id]).toEqual([undefined, 0, null]);
        return;
      }
      const answered = wanted.status === "completed";
      const status = wanted.direction === "in" ? (answered ? "read" : "received") : answered ? "sent" : "failed";
      expect(line).toMatchObject({ direction: wanted.direction, status, occurred_at: wanted.started_at });
      expect(line).toMatchObject({
        data: { callId: row?.id, status: wanted.status, seconds: wanted.duration_seconds },
      });
      expect(activities).toMatchObject([{ type: "call", occurred_at: wanted.started_at }]);
    }),
    { numRuns: 60 },
  );
});
