import fc from "fast-check";
import { test } from "vitest";
import { objectOf, readJson } from "../read-json.ts";
import { jsonChanges, mutate, readHostile } from "../testing-hostile.ts";
import { hostileRuns, testHostileMail } from "../testing-hostile-mail.ts";
import { ses } from "./index.ts";

const { sources } = testHostileMail(ses);

test("what a notification holds, spoilt inside its quotes", { timeout: hostileRuns.timeout }, async () => {
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
    hostileRuns.runs,
  );
});
