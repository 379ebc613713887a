import fc from "fast-check";
import { test } from "vitest";
import { readJson } from "../read-json.ts";
import { jsonChanges, mutate, readHostile, spoilt } from "../testing-hostile.ts";
import { sampleFiles, samplePost } from "../testing-samples.ts";
import { instagram } from "./index.ts";

const samples = sampleFiles("instagram").map((file) => readJson(samplePost("instagram", file).body));

test("samples with anything in the place of anything", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...samples), jsonChanges, (sample, changes) =>
      readHostile(instagram, JSON.stringify(mutate(sample, changes)), "application/json"),
    ),
    { numRuns: 10_000 },
  );
});

test("samples cut short or with bytes changed", async () => {
  const texts = samples.map((sample) => Buffer.from(JSON.stringify(sample)));
  await fc.assert(
    fc.asyncProperty(spoilt(texts), (bytes) => readHostile(instagram, bytes, "application/json")),
    { numRuns: 10_000 },
  );
});
