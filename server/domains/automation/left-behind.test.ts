import { describe, expect, it } from "vitest";
import { testDatabase } from "#db/testing.ts";
import type { Clock } from "#server/core/clock.ts";
import { fixedClock, systemClock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { removeOldRuns } from "./index.ts";
import { sweepAutomationJob } from "./jobs.ts";
import { openShop } from "./testing.ts";

await testDatabase();

const urgent = { field: "words" as const, op: "is" as const, values: ["urgen"] };

describe("what was left behind", () => {
  it("is found by the sweep once it is old enough, business by business", async () => {
    const shop = await openShop({ at: new Date(Date.now() - 60_000).toISOString() });
    await shop.rule({ name: "Vu", event: "message_received", actions: [{ do: "note", value: "Vu" }] });
    await shop.say("Bonjour");
    const sweep = (clock: Clock) => sweepAutomationJob.run({ clock, signal: new AbortController().signal });
    await sweep(shop.clock);
    expect(await shop.runs()).toEqual([]);
    await sweep(systemClock);
    expect((await shop.runs()).map(({ outcome }) => outcome)).toEqual(["done"]);
    expect(await shop.rows("select from automation_facts")).toEqual([]);
  });

  it("of the log goes with the log; that nothing was to be done, after a week", async () => {
    const shop = await openShop({ at: new Date().toISOString() });
    await shop.rule({
      name: "Vu",
      event: "message_received",
      conditions: [urgent],
      actions: [{ do: "note", value: "Vu" }],
    });
    await shop.say("Bonjour");
    await shop.say("Urgent");
    await shop.settle();
    const after = (days: number) =>
      contextFor(shop.tenant.tenantId, { type: "system" }, fixedClock(new Date(Date.now() + days * 86_400_000)));
    const keptFrom = (days: number) => new Date(Date.now() + days * 86_400_000);
    await removeOldRuns(after(6), keptFrom(-30));
    expect(await shop.runs()).toHaveLength(2);
    await removeOldRuns(after(8), keptFrom(-22));
    expect((await shop.runs()).map(({ outcome }) => outcome)).toEqual(["done"]);
    await removeOldRuns(after(40), keptFrom(10));
    expect(await shop.runs()).toEqual([]);
  });
});
