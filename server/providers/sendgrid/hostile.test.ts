import fc from "fast-check";
import { test } from "vitest";
import { readJson } from "../read-json.ts";
import { jsonChanges, mutate, readHostile, spoilt } from "../testing-hostile.ts";
import { sampleFiles, samplePost } from "../testing-samples.ts";
import { sendgrid } from "./index.ts";

const numRuns = 10_000;
/** Mails are read in full, ten thousand times. */
const timeout = 300_000;
const samples = sampleFiles("sendgrid").map((file) => samplePost("sendgrid", file));
const readable = samples.filter(({ headers }) => headers["content-type"] === "application/json");
const sources = readable.map(({ body }) => readJson(body));

test("events with anything in the place of anything", { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...sources), jsonChanges, (source, changes) =>
      readHostile(sendgrid, JSON.stringify(mutate(source, changes)), "application/json"),
    ),
    { numRuns },
  );
});

test("posts cut short or with bytes changed", { timeout }, async () => {
  const chosen = fc
    .constantFrom(...samples)
    .chain(({ body, headers }) => fc.tuple(spoilt([body]), fc.constant(headers)));
  await fc.assert(
    fc.asyncProperty(chosen, ([bytes, headers]) => readHostile(sendgrid, bytes, headers)),
    { numRuns },
  );
});
