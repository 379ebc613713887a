import fc from "fast-check";
import { test } from "vitest";
import { objectOf, readJson } from "../read-json.ts";
import { jsonChanges, mutate, readHostile, spoilt } from "../testing-hostile.ts";
import { sampleFiles, samplePost } from "../testing-samples.ts";
import { ses } from "./index.ts";

const numRuns = 10_000;
/** Mails are read in full, ten thousand times. */
const timeout = 300_000;
const samples = sampleFiles("ses").map((file) => samplePost("ses", file));
const readable = samples.filter(({ headers }) => headers["content-type"] === "application/json");
const sources = readable.map(({ body }) => readJson(body));

test("notifications with anything in the place of anything", { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...sources), jsonChanges, (source, changes) =>
      readHostile(ses, JSON.stringify(mutate(source, changes)), "application/json"),
    ),
    { numRuns },
  );
});

test("posts cut short or with bytes changed", { timeout }, async () => {
  const chosen = fc
    .constantFrom(...samples)
    .chain(({ body, headers }) => fc.tuple(spoilt([body]), fc.constant(headers)));
  await fc.assert(
    fc.asyncProperty(chosen, ([bytes, headers]) => readHostile(ses, bytes, headers)),
    { numRuns },
  );
});

test("what a notification holds, spoilt inside its quotes", { timeout }, async () => {
  const notices = sources.flatMap((source) => {
    const text = objectOf(source)?.Message;
    return typeof text === "string" && text.startsWith("{") ? [readJson(new TextEncoder().encode(text))] : [];
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...notices), jsonChanges, (notice, changes) => {
      const mutated = objectOf(mutate(notice, changes));
      // What is no notice is kept as the text it is.
      const message = mutated ? JSON.stringify(mutated) : "";
      return readHostile(ses, JSON.stringify({ Type: "Notification", MessageId: "1", Message: message }), "text/plain");
    }),
    { numRuns },
  );
});
