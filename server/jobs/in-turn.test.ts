import { describe, expect, it } from "vitest";
import { inTurn } from "./in-turn.ts";

/** Works on words, of which some fail; answers which had their turn. */
async function workOn(words: readonly string[], failing: Record<string, Error>, signal?: AbortSignal) {
  const seen: string[] = [];
  const ended = inTurn(
    words,
    async (word) => {
      seen.push(word);
      if (failing[word]) throw failing[word];
    },
    signal,
  );
  return { error: await ended.then(() => null).catch((error: unknown) => error), seen };
}

describe("work in turn", () => {
  it("goes on after one that fails, and tells of it at the end", async () => {
    const wrong = new Error("wrong");
    expect(await workOn(["a", "b", "c"], { a: wrong })).toEqual({ error: wrong, seen: ["a", "b", "c"] });
  });

  it("tells of all that failed", async () => {
    const [one, two] = [new Error("one"), new Error("two")];
    const { error, seen } = await workOn(["a", "b", "c"], { a: one, c: two });
    expect(seen).toEqual(["a", "b", "c"]);
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).errors).toEqual([one, two]);
  });

  it("spares the rest while the database is away", async () => {
    const away = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    expect(await workOn(["a", "b"], { a: away })).toEqual({ error: away, seen: ["a"] });
  });

  it("ends when it is told to", async () => {
    expect(await workOn(["a"], {}, AbortSignal.abort())).toEqual({ error: null, seen: [] });
  });
});
