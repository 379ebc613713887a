import fc from "fast-check";
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing.ts";
import type { Json } from "#server/providers/contract.ts";
import { callFunctions } from "./registry.ts";
import { speakingShop } from "./testing.ts";

await testDatabase();

test("whatever a model asks with is answered in one line, and leaves nothing half done", async () => {
  const { ask, rows } = await speakingShop();
  const words = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.constantFrom("mardi à 14h30", "zéro six", "deux mille", "mardi 24 novembre à dix heures"),
  );
  const value = fc.oneof(
    words,
    fc.json().map((text) => JSON.parse(text) as Json),
  );
  const fields = [
    "service",
    "member",
    "when",
    "name",
    "phone",
    "notes",
    "subject",
    "budget",
    "score",
    "follow_up",
    "language",
  ];
  const args = fc.dictionary(fc.constantFrom(...fields), value);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...callFunctions.map(({ name }) => name)),
      args,
      fc.boolean(),
      async (name, given, shown) => {
        const { result, error } = await ask(
          name,
          { ...given },
          { from: shown ? "+33639981234" : null, callId: shown ? "a" : "b" },
        );
        const said = result ?? error ?? "";
        expect(said).toMatch(/^[^\n]+$/);
        expect(said.length).toBeLessThanOrEqual(4_000);
        expect(error ?? "").not.toMatch(/pour le moment/);
      },
    ),
    { numRuns: 150 },
  );
  const strays = "select 1 from customers c where not exists (select from appointments a where a.customer_id = c.id)";
  const theirs = `${strays} and not exists (select from tickets t where t.customer_id = c.id) and not exists (select from prospects p where p.customer_id = c.id)`;
  expect(await rows(theirs)).toEqual([]);
});
