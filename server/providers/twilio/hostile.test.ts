import fc from "fast-check";
import { test } from "vitest";
import { readHostile, spoiltForm } from "../testing-hostile.ts";
import { sampleFiles, samplePost } from "../testing-samples.ts";
import { twilio } from "./index.ts";

const samples = sampleFiles("twilio").map((file) => new TextDecoder().decode(samplePost("twilio", file).body));

test("forms with parameters changed, repeated, removed", async () => {
  await fc.assert(
    fc.asyncProperty(spoiltForm(samples), (form) => readHostile(twilio, form, "application/x-www-form-urlencoded")),
    { numRuns: 10_000 },
  );
});
