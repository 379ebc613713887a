import { expect, it } from "vitest";
import { centsOf } from "./cents-of.ts";

it("reads amounts as people write them", () => {
  for (const [text, cents] of [
    ["89", 8900],
    ["89,9", 8990],
    ["89.90 €", 8990],
    ["1 249,90", 124_990],
    ["1,249.90", 124_990],
    ["1.249,90", 124_990],
    ["12,500", 1_250_000],
    ["0", 0],
  ] as const) {
    expect([text, centsOf(text)]).toEqual([text, cents]);
  }
});

it("takes nothing else for an amount", () => {
  for (const text of ["", "abc", "-5", "1,2,3", "99999999999"]) expect([text, centsOf(text)]).toEqual([text, null]);
});
