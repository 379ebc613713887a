import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { cpuMs } from "#server/core/testing-cost.ts";
import { readScore } from "./read-score.ts";

describe("a score alone", () => {
  test.each([
    ["4", 4],
    [" 5 ", 5],
    ["1.", 1],
    ["3 !", 3],
    ["5/5", 5],
    ["2 sur 5", 2],
    ["4 out of 5", 4],
    ["4️⃣", 4],
    ["５", 5],
    ["(3)", 3],
    ["⭐⭐⭐⭐", 4],
    ["⭐️⭐️", 2],
    ["5/5.", 5],
  ])("%s", (text, score) => {
    expect(readScore(text)).toEqual({ score, alone: true, comment: null });
  });
});

describe("a score in front of words", () => {
  test.each([
    ["5, merci beaucoup", 5, "merci beaucoup"],
    ["2 - trop long", 2, "trop long"],
    ["4\nTrès bien, à bientôt", 4, "Très bien, à bientôt"],
    ["1/5 personne ne m’a rappelé", 1, "personne ne m’a rappelé"],
    ["4 sur 5 : rapide", 4, "rapide"],
    ["5! Great help", 5, "Great help"],
  ])("%s", (text, score, comment) => {
    expect(readScore(text)).toEqual({ score, alone: false, comment });
  });
});

describe("no score", () => {
  test.each([
    "",
    "0",
    "6",
    "10",
    "45",
    "5 bougies, s’il vous plaît",
    "2 rue du Lac",
    "3-4 jours",
    "2,5 kg",
    "1. La lampe\n2. Le câble",
    "4/12",
    "4/5/2026",
    "merci, 5",
    "j’en veux 3",
    "4h",
    "5 merci",
    "-3",
    "⭐⭐⭐⭐⭐⭐",
  ])("%s", (text) => {
    expect(readScore(text)).toBeNull();
  });
});

it("reads anything in bounded time, and only ever 1 to 5", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 5_000 }),
      fc.constantFrom("", "4", "5, ", "3 sur 5 "),
      (rest, start) => {
        const read = readScore(start + rest);
        if (read) {
          expect([1, 2, 3, 4, 5]).toContain(read.score);
          expect(read.comment?.length ?? 0).toBeLessThanOrEqual(2_000);
          expect(read.alone).toBe(read.comment === null);
        }
      },
    ),
    { numRuns: 2_000 },
  );
  const began = cpuMs();
  readScore(`4${" ".repeat(100_000)}x`);
  readScore("⭐".repeat(100_000));
  readScore(`4 ${"-".repeat(100_000)}`);
  expect(cpuMs() - began).toBeLessThan(1_000);
});
