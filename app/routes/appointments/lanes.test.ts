import fc from "fast-check";
import { expect, test } from "vitest";

import { lanesOf } from "./lanes.ts";

const span = (start: number, end: number) => ({ start, end });

test("what follows stands in one lane, what overlaps beside each other", () => {
  expect(lanesOf([span(0, 10), span(10, 20)])).toEqual([
    { lane: 0, of: 1 },
    { lane: 0, of: 1 },
  ]);
  expect(lanesOf([span(0, 10), span(5, 15), span(10, 20), span(30, 40)])).toEqual([
    { lane: 0, of: 2 },
    { lane: 1, of: 2 },
    { lane: 0, of: 2 },
    { lane: 0, of: 1 },
  ]);
});

test("nothing ever covers anything else", () => {
  const spans = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 30 })), { maxLength: 25 });
  fc.assert(
    fc.property(spans, (drawn) => {
      const all = drawn.map(([start, length]) => span(start, start + length));
      const lanes = lanesOf(all);
      for (const [one, a] of all.entries())
        for (const [other, b] of all.entries()) {
          if (one >= other || a.end <= b.start || b.end <= a.start) continue;
          expect(lanes[one]!.lane).not.toBe(lanes[other]!.lane);
          expect(lanes[one]!.of).toBe(lanes[other]!.of);
        }
      for (const { lane, of } of lanes) expect(lane).toBeLessThan(of);
    }),
  );
});
