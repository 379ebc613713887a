import fc from "fast-check";
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { walk } from "#server/domains/channels/testing-hours.ts";
import { beginning, openBusiness } from "./testing-business.ts";
import { perform, someCommand, type SomeCommand } from "./testing-commands.ts";
import { expectRecounted } from "./testing-recount.ts";

await testDatabase();

const minute = 60_000;
/** Histories that are played: more of them by hand, `RECOUNT_RUNS=500 npx vitest run server/domains/recount`. */
const numRuns = Number(process.env.RECOUNT_RUNS ?? 15);
/** A history is eleven days at most, and begins a day after these. */
const { minutes } = walk("Europe/Paris", "2026-03-29T01:00Z", 14);
/** Commands between two recounts. */
const stretch = 8;

test("whatever happens in two businesses, everything that is kept or counted is what a recount says", async () => {
  let done = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(someCommand, { minLength: 25, maxLength: 50 }), async (commands) => {
      done += await play(commands);
    }),
    // A slow machine plays fewer; a failure is told with the shortest history found until then.
    { numRuns, interruptAfterTimeLimit: 3_000 * numRuns },
  );
  // Most of what was asked for could be done.
  expect(done).toBeGreaterThan(50);
}, 600_000);

async function play(commands: readonly SomeCommand[]): Promise<number> {
  const clock = fixedClock(new Date(beginning));
  const businesses = [await openBusiness(clock), await openBusiness(clock)];
  let done = 0;
  for (const [at, command] of commands.entries()) {
    clock.advance(command.after * minute);
    if (await perform(businesses[command.business]!, command)) done += 1;
    if (at % stretch === stretch - 1 || at === commands.length - 1)
      for (const business of businesses) await expectRecounted(business, minutes);
  }
  return done;
}
