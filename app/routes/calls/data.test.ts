import { describe, expect, it } from "vitest";

import { callState, clock, joinTurns, readFunctionTurn } from "./data.ts";

describe("a call's words", () => {
  it("join what one speaker said in a row; each action stands alone", () => {
    const turn = (speaker: "agent" | "customer" | "tool", text: string, at: number | null = null) => ({
      speaker,
      text,
      at,
    });
    expect(joinTurns([])).toEqual([]);
    expect(
      joinTurns([
        turn("agent", "Bonjour", 1),
        turn("agent", "que puis-je ?", 2),
        turn("tool", "a {}", 3),
        turn("tool", "b {}", 4),
        turn("agent", "Voilà", 5),
      ]),
    ).toEqual([
      { speaker: "agent", at: 1, texts: ["Bonjour", "que puis-je ?"] },
      { speaker: "tool", at: 3, texts: ["a {}"] },
      { speaker: "tool", at: 4, texts: ["b {}"] },
      { speaker: "agent", at: 5, texts: ["Voilà"] },
    ]);
  });

  it.each([
    ["current_time {}", { name: "current_time", answer: null }],
    ['current_time {"language":"fr"}', { name: "current_time", answer: null }],
    ["current_time → Il est dix heures.", { name: "current_time", answer: "Il est dix heures." }],
    ["Il est dix heures.", null],
    ["", null],
  ])("read what an agent did: %s", (text, called) => {
    expect(readFunctionTurn(text)).toEqual(called);
  });

  it("say when, in minutes and seconds", () => {
    expect([0, 7.4, 63.2, 3725, -1].map(clock)).toEqual(["0:00", "0:07", "1:03", "62:05", "0:00"]);
  });
});

describe("a call's state", () => {
  it("turns round with its direction, where that makes a difference", () => {
    const word = (status: "completed" | "no_answer" | "busy", direction: "in" | "out") =>
      callState({ status, direction }).word;
    expect(word("completed", "in")).not.toBe(word("completed", "out"));
    expect(word("no_answer", "in")).not.toBe(word("no_answer", "out"));
    expect(word("busy", "in")).toBe(word("busy", "out"));
  });
});
