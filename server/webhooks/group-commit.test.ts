import { describe, expect, onTestFinished, test, vi } from "vitest";
import { groupCommit, Unavailable } from "./group-commit.ts";

const away = Object.assign(new Error("gone"), { code: "ECONNREFUSED" });

/** A store whose flushes end when the test says so. */
function held(options: Partial<Parameters<typeof groupCommit<string>>[0]> = {}) {
  const flushes: { items: readonly string[]; end(error?: Error): void }[] = [];
  const commits = groupCommit<string>({
    sizeOf: (item) => item.length,
    flush: (items) =>
      new Promise<void>((resolve, reject) =>
        flushes.push({ items, end: (error) => (error ? reject(error) : resolve()) }),
      ),
    ...options,
  });
  return { commits, flushes, turn: () => new Promise((resolve) => setImmediate(resolve)) };
}

describe("a group commit", () => {
  test("takes what arrives in one turn together, and what arrives during flushes next", async () => {
    const { commits, flushes, turn } = held({ lanes: 2, anotherLaneFrom: 1 });
    const done: string[] = [];
    const add = (item: string) => commits.add(item).then(() => done.push(item));
    const first = [add("a"), add("b")];
    await turn();
    const second = add("c");
    await turn();
    const third = [add("d"), add("e"), add("f")];
    await turn();
    expect(flushes.map((flush) => flush.items)).toEqual([["a", "b"], ["c"]]);
    expect(done).toEqual([]);
    flushes[1]!.end();
    await second;
    await turn();
    expect(flushes[2]?.items).toEqual(["d", "e", "f"]);
    flushes[0]!.end();
    flushes[2]!.end();
    await Promise.all([...first, ...third, commits.idle()]);
    expect(done).toEqual(["c", "a", "b", "d", "e", "f"]);
  });

  test("opens another lane only once a full batch waits", async () => {
    const { commits, flushes, turn } = held({ lanes: 2, anotherLaneFrom: 3 });
    const all = [commits.add("a")];
    await turn();
    all.push(commits.add("b"), commits.add("c"));
    await turn();
    expect(flushes.map((flush) => flush.items)).toEqual([["a"]]);
    all.push(commits.add("d"));
    await turn();
    expect(flushes.map((flush) => flush.items)).toEqual([["a"], ["b", "c", "d"]]);
    for (const flush of flushes) flush.end();
    await Promise.all([...all, commits.idle()]);
  });

  test("keeps its batches within bounds of count and bytes", async () => {
    const sizes: number[] = [];
    const commits = groupCommit<string>({
      lanes: 1,
      mostItems: 3,
      mostBytes: 10,
      sizeOf: (item) => item.length,
      flush: async (items) => void sizes.push(items.length),
    });
    await Promise.all(["aaaa", "aaaa", "aaaa", "a", "a", "a", "a", "a".repeat(50)].map((item) => commits.add(item)));
    expect(sizes).toEqual([2, 3, 2, 1]);
  });

  test("that fails is tried one by one: the bad one fails alone", async () => {
    const commits = groupCommit<string>({
      sizeOf: () => 1,
      flush: async (items) => {
        if (items.includes("bad")) throw new Error("no");
      },
    });
    const outcomes = await Promise.allSettled(["good", "bad", "fine"].map((item) => commits.add(item)));
    expect(outcomes.map((outcome) => outcome.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("refuses at once what it cannot hold", async () => {
    const { commits, flushes, turn } = held({ lanes: 1, mostWaiting: 2 });
    const first = commits.add("a");
    await turn();
    const waiting = [commits.add("b"), commits.add("c")];
    await expect(commits.add("d")).rejects.toThrow(Unavailable);
    flushes[0]!.end();
    await first;
    await expect.poll(() => flushes.length).toBe(2);
    flushes[1]!.end();
    await Promise.all(waiting);
  });

  test("tells everybody who waits that the database is away, and serves the next ones when it is back", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const { commits, flushes, turn } = held({ lanes: 1, restMs: 250 });
    const first = commits.add("a");
    await turn();
    const second = commits.add("b");
    flushes[0]!.end(away);
    const outcomes = await Promise.allSettled([first, second]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: "rejected", reason: { name: "Unavailable" } });
    vi.advanceTimersByTime(249);
    await expect(commits.add("at once")).rejects.toThrow(Unavailable);
    vi.advanceTimersByTime(1);
    const third = commits.add("c");
    await turn();
    flushes[1]!.end();
    await third;
  });

  test("gives up a flush that hangs", async () => {
    const { commits } = held({ deadlineMs: 20 });
    await expect(commits.add("a")).rejects.toThrow(Unavailable);
  });
});
