import fc from "fast-check";
import { expect, test } from "vitest";
import { MalformedPost } from "./contract.ts";
import { readJson } from "./read-json.ts";
import { allProviders } from "./registry.ts";
import { checkParse, json, readHostile } from "./testing-hostile.ts";

// Every vendor's own folder holds `hostile.test.ts`: its samples, spoilt. Here is what all of them must take.

test("any bytes under any content type", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom("application/json", "text/plain", ""),
      async (bytes, type) => {
        for (const provider of allProviders) await readHostile(provider, bytes, type);
      },
    ),
    { numRuns: 1000 },
  );
});

test("parse takes any payload that a log might hold", () => {
  const object = fc.dictionary(
    fc.constantFrom("id", "time", "field", "value", "form", "event", "part", "tracking", "message", "call", "mail"),
    json,
  );
  fc.assert(
    fc.property(object, (payload) => {
      for (const provider of allProviders) checkParse(provider, payload);
    }),
    { numRuns: 2000 },
  );
});

test("the deepest allowed nesting is read, one more is not", () => {
  const nested = (levels: number) => new TextEncoder().encode("[".repeat(levels) + "]".repeat(levels));
  expect(() => readJson(nested(64))).not.toThrow();
  expect(() => readJson(nested(65))).toThrow(MalformedPost);
});
