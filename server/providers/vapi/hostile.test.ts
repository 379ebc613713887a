import fc from "fast-check";
import { test } from "vitest";
import type { Json } from "../contract.ts";
import { jsonChanges, mutate, readHostile, spoilt } from "../testing-hostile.ts";
import { sampleFiles, samplePost } from "../testing-samples.ts";
import { vapi } from "./index.ts";

const bodies = sampleFiles("vapi").map((file) => samplePost("vapi", file).body);
const samples = bodies.map((body) => JSON.parse(new TextDecoder().decode(body)) as Json);

test("messages with values changed or removed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...samples), jsonChanges, (sample, changes) =>
      readHostile(vapi, JSON.stringify(mutate(sample, changes)), "application/json"),
    ),
    { numRuns: 10_000 },
  );
});

test("messages with a byte changed, or cut short", async () => {
  await fc.assert(
    fc.asyncProperty(spoilt(bodies), (body) => readHostile(vapi, body, "application/json")),
    { numRuns: 10_000 },
  );
});
