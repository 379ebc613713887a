import fc from "fast-check";
import { expect, test } from "vitest";
import { systemCtx } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { receiveMessages, resolveConversation } from "#server/domains/conversations/index.ts";
import { rowsOf } from "#server/domains/conversations/testing.ts";
import { giveWaiting } from "./give-waiting.ts";
import { arriving, changeMember, connect, holders, phoneOf, sharingShop } from "./testing.ts";

await testDatabase();
const clock = fixedClock("2026-11-20T10:00:00Z");

/** One thing that happens in a shop of three. */
const happening = fc.oneof(
  fc.record({ what: fc.constant("arrive" as const), count: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ what: fc.constant("resolve" as const), which: fc.nat(20) }),
  fc.record({ what: fc.constant("away" as const), who: fc.nat(2), on: fc.boolean() }),
  fc.record({ what: fc.constant("connect" as const), who: fc.nat(2), on: fc.boolean() }),
  fc.record({ what: fc.constant("capacity" as const), who: fc.nat(2), capacity: fc.constantFrom(null, 0, 1, 2) }),
);

test("whatever happens in whatever order, each has what a plain recount says they were given", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("round_robin" as const, "least_loaded" as const),
      fc.array(happening, { minLength: 3, maxLength: 12 }),
      async (assignment, happenings) => {
        const { tenant, members, channel } = await sharingShop(3, clock, { assignment });
        const ctx = systemCtx(tenant, clock);
        const people = members.map(() => ({ away: false, online: true, capacity: null as number | null, last: 0 }));
        const threads: { holder: number | null; open: boolean }[] = [];
        let turn = 0;
        const give = () => {
          for (const thread of threads.filter((one) => one.open && one.holder === null)) {
            const load = people.map((_, at) => threads.filter((one) => one.open && one.holder === at).length);
            const able = [0, 1, 2].filter((at) => {
              const { away, online, capacity } = people[at]!;
              return !away && online && (capacity === null || load[at]! < capacity);
            });
            const weight = (at: number) => (assignment === "least_loaded" ? load[at]! : 0) * 1_000 + people[at]!.last;
            const [taker] = able.toSorted((a, b) => weight(a) - weight(b) || a - b);
            if (taker === undefined) continue;
            thread.holder = taker;
            people[taker]!.last = ++turn;
          }
        };
        for (const one of happenings) {
          if (one.what === "arrive") {
            await receiveMessages(ctx, arriving(channel, threads.length, one.count));
            for (let count = 0; count < one.count; count++) threads.push({ holder: null, open: true });
          } else if (one.what === "resolve") {
            const open = threads.flatMap((thread, at) => (thread.open ? at : []));
            const at = open[one.which % Math.max(1, open.length)];
            if (at === undefined) continue;
            const rows = await rowsOf<{ id: string; address_value: string }>(tenant, "conversations");
            const row = rows.find(({ address_value }) => address_value === phoneOf(at))!;
            await resolveConversation(ctx, { conversationId: row.id });
            threads[at]!.open = false;
            await giveWaiting(ctx);
          } else {
            const [member, person] = [members[one.who]!, people[one.who]!];
            if (one.what === "away") await changeMember(tenant, member, { away: (person.away = one.on) });
            else if (one.what === "connect") await connect(tenant, [member], clock, (person.online = one.on));
            else await changeMember(tenant, member, { capacity: (person.capacity = one.capacity) });
            await giveWaiting(ctx);
          }
          if (one.what === "arrive") {
            // Those that waited before are not looked at again when somebody writes.
            const waiting = threads.slice(0, -one.count).filter((thread) => thread.open && thread.holder === null);
            for (const thread of waiting) thread.open = false;
            give();
            for (const thread of waiting) thread.open = true;
          } else give();
        }
        const ids = (await holders(tenant)).map(({ assigneeId }) =>
          assigneeId === null ? null : members.findIndex(({ userId }) => userId === assigneeId),
        );
        expect(ids).toEqual(threads.map(({ holder }) => holder));
      },
    ),
    { numRuns: 25 },
  );
});
