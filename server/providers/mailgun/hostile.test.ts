import fc from "fast-check";
import { test } from "vitest";
import { readHostile, spoiltForm } from "../testing-hostile.ts";
import { hostileRuns, testHostileMail } from "../testing-hostile-mail.ts";
import { mailgun } from "./index.ts";

const { samples } = testHostileMail(mailgun);

test("forms with fields changed, repeated, removed", { timeout: hostileRuns.timeout }, async () => {
  const type = "application/x-www-form-urlencoded";
  const forms = samples
    .filter(({ headers }) => headers["content-type"] === type)
    .map(({ body }) => new TextDecoder().decode(body));
  await fc.assert(
    fc.asyncProperty(spoiltForm(forms), (form) => readHostile(mailgun, form, type)),
    hostileRuns.runs,
  );
});
