import { describe, expect, test } from "vitest";
import { createDrain } from "./drain.ts";
import { firstStepSize, nextStepSize } from "./replay-pace.ts";

/** A drain whose batches end when told to, in the order they began. */
function heldDrain(options: { lanes?: number; patienceMs?: number; behindFrom?: number } = {}) {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const drain = createDrain({
    patienceMs: 60_000,
    ...options,
    apply: (tenantId, ids) => {
      begun.push(`${tenantId} ${ids.join(" ")}`);
      return new Promise((resolve) => ends.push(resolve));
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const end = async () => {
    ends.shift()?.();
    await settle();
  };
  return { drain, begun, end, settle };
}

describe("events that can wait", () => {
  test("come after what is live, of whichever tenant, and never mixed with it", async () => {
    const { drain, begun, end, settle } = heldDrain({ lanes: 1 });
    drain.add("a", ["live 1"]);
    await settle();
    const over = drain.addPatient("a", ["again 1", "again 2"]);
    drain.add("b", ["live 2"]);
    drain.add("a", ["live 3"]);
    for (let turn = 0; turn < 3; turn++) await end();
    expect(begun).toEqual(["a live 1", "b live 2", "a live 3", "a again 1 again 2"]);
    expect(drain.holds("again 1")).toBe(true);
    await end();
    expect(await over).toBeGreaterThan(0);
    expect(drain.holds("again 1")).toBe(false);
  });

  test("are one batch at a time, and live events pass it: their own tenant's and another's", async () => {
    const { drain, begun, settle } = heldDrain({ lanes: 2 });
    void drain.addPatient("a", ["again a"]);
    void drain.addPatient("b", ["again b"]);
    drain.add("a", ["live"]);
    drain.add("c", ["live"]);
    await settle();
    expect(begun).toEqual(["a again a", "a live", "c live"]);
  });

  test("have their turn where live ones never cease", async () => {
    const { drain, begun, end, settle } = heldDrain({ lanes: 1, patienceMs: 0 });
    drain.add("a", ["live 1"]);
    await settle();
    void drain.addPatient("a", ["again"]);
    drain.add("a", ["live 2"]);
    await end();
    expect(begun).toEqual(["a live 1", "a again", "a live 2"]);
    expect(drain.holds("again")).toBe(true);
    await end();
    expect(drain.holds("again")).toBe(false);
  });

  test("are left to the sweep when the drain stops", async () => {
    const { drain, begun, end, settle } = heldDrain({ lanes: 1 });
    drain.add("a", ["live"]);
    await settle();
    const over = drain.addPatient("a", ["again"]);
    const stopped = drain.stop();
    expect(await over).toBe(0);
    await end();
    await stopped;
    expect(await drain.addPatient("a", ["late"])).toBe(0);
    expect(begun).toEqual(["a live"]);
  });
});

test("a drain is behind while more live events wait than it takes in a moment; those that can wait do not count", async () => {
  const { drain, end, settle } = heldDrain({ lanes: 1, behindFrom: 3 });
  drain.add("a", ["under way"]);
  await settle();
  drain.add("a", ["1", "2"]);
  void drain.addPatient("a", ["again 1", "again 2", "again 3"]);
  expect(drain.isBehind()).toBe(false);
  drain.add("b", ["3"]);
  expect(drain.isBehind()).toBe(true);
  await end();
  expect(drain.isBehind()).toBe(false);
});

test("a step is as many events as fit in the time that a live one may wait", () => {
  expect(nextStepSize(firstStepSize, 40, 5)).toBe(80);
  expect(nextStepSize(100, 100, 80)).toBe(50);
  expect(nextStepSize(50, 50, 120)).toBe(40);
  // Each fails and is tried alone: few at a time, yet never none.
  expect(nextStepSize(40, 40, 900)).toBe(5);
  expect(nextStepSize(200, 200, 10)).toBe(200);
  // Nothing was put to work, or nothing applied here: nothing learned.
  expect(nextStepSize(40, 0, 0)).toBe(40);
});
