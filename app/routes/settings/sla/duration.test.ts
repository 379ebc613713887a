import fc from "fast-check";
import { expect, it } from "vitest";

import { durationText, readDuration } from "./duration.ts";

it("reads lengths of time as people write them", () => {
  const written: [string, number | null][] = [
    ["30", 30],
    ["30 min", 30],
    ["4 h", 240],
    ["1h30", 90],
    ["1 h 05 min", 65],
    ["1,5 h", 90],
    ["2 heures", 120],
    ["  ", null],
  ];
  for (const [text, minutes] of written) expect(readDuration(text)).toBe(minutes);
  for (const text of ["demain", "-4 h", "4 j", "1h300", "h"]) expect(readDuration(text)).toBeNaN();
});

it("reads back what it writes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 86_400 }), (minutes) => readDuration(durationText(minutes)) === minutes),
  );
});
