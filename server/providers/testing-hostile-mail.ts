import fc from "fast-check";
import { test } from "vitest";
import type { Json, Provider } from "./contract.ts";
import { readJson } from "./read-json.ts";
import { jsonChanges, mutate, readHostile, spoilt } from "./testing-hostile.ts";
import { sampleFiles, samplePost } from "./testing-samples.ts";

/** Mails are read in full, ten thousand times. */
export const hostileRuns = { runs: { numRuns: 10_000 }, timeout: 300_000 };

/** What every vendor of mail is sent to spoil its parser; answers the samples for what it alone is sent. */
export function testHostileMail(provider: Provider) {
  const samples = sampleFiles(provider.name).map((file) => samplePost(provider.name, file));
  const sources: Json[] = samples
    .filter(({ headers }) => headers["content-type"] === "application/json")
    .map(({ body }) => readJson(body));

  test("posts with anything in the place of anything", { timeout: hostileRuns.timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sources), jsonChanges, (source, changes) =>
        readHostile(provider, JSON.stringify(mutate(source, changes)), "application/json"),
      ),
      hostileRuns.runs,
    );
  });

  test("posts cut short or with bytes changed", { timeout: hostileRuns.timeout }, async () => {
    const chosen = fc
      .constantFrom(...samples)
      .chain(({ body, headers }) => fc.tuple(spoilt([body]), fc.constant(headers)));
    await fc.assert(
      fc.asyncProperty(chosen, ([bytes, headers]) => readHostile(provider, bytes, headers)),
      hostileRuns.runs,
    );
  });

  return { samples, sources };
}
