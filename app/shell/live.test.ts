import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { paced } from "./live.ts";

const tab = { hidden: false };

describe("a page that keeps itself current", () => {
  let runs = 0;
  const run = () => {
    runs += 1;
    return Promise.resolve();
  };
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("document", tab);
    runs = 0;
    tab.hidden = false;
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("looks at once, then gathers what comes while it rests", async () => {
    const pace = paced(run, 0, 150);
    pace.ask();
    expect(runs).toBe(1);
    for (let i = 0; i < 20; i++) pace.ask();
    await vi.advanceTimersByTimeAsync(140);
    expect(runs).toBe(1);
    await vi.advanceTimersByTimeAsync(20);
    expect(runs).toBe(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs).toBe(2);
  });

  it("rests twice as long as it took", async () => {
    const slow = paced(() => (run(), new Promise((done) => setTimeout(done, 400))), 0, 150);
    slow.ask();
    await vi.advanceTimersByTimeAsync(10);
    slow.ask();
    await vi.advanceTimersByTimeAsync(1100);
    expect(runs).toBe(1);
    await vi.advanceTimersByTimeAsync(150);
    expect(runs).toBe(2);
  });

  it("waits first when told to", async () => {
    const pace = paced(run, 5000, 150);
    pace.ask();
    await vi.advanceTimersByTimeAsync(4000);
    pace.ask();
    expect(runs).toBe(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(runs).toBe(1);
  });

  it("does nothing while hidden and catches up when seen", () => {
    tab.hidden = true;
    const pace = paced(run, 0, 150);
    pace.ask();
    expect(runs).toBe(0);
    tab.hidden = false;
    pace.resume();
    expect(runs).toBe(1);
  });

  it("stops", async () => {
    const pace = paced(run, 100, 150);
    pace.ask();
    pace.stop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs).toBe(0);
  });
});
