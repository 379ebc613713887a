import { glob, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

/**
 * A coalesce is not known to leak nothing, whatever stands in it: under row-level security a condition that compares a column with one
 * waits for the policy's and has no index. `firstOf` of look-ups.ts says the same and is looked up. What procedures ask is planned in
 * `server/trpc/traces.test.ts`; this reads what jobs and triggers ask too.
 */
const compared = /[\w."}\])]+\s*(?:[<>]=?|=)\s*(?:any\s*\(\s*)?coalesce\(|\bin\s*\(\s*select\s+coalesce\(/gi;

/** Files whose condition is no look-up, and why. */
const harmless: Record<string, string> = {
  "db/doors.sql": "each of these has its stretch of ids, or the ids themselves, besides",
  "db/keyset.ts": "says why not",
  "db/testing-recount.ts": "counts everything, another way",
  "db/triggers.sql": "compares what one statement brought in",
  "server/domains/surveys/record-scores.ts": "a column of the answer, not a condition",
  "server/domains/webhook-logs/check-ledger.ts": "of a day's posts, those that brought more than there is",
};

/** Places where a column is compared with a coalesce, in a text of SQL or one with SQL in it; assignments are none. */
function leakyIn(text: string): string[] {
  return [...text.matchAll(compared)].filter(({ index }) => !isAssigned(text.slice(0, index))).map(([found]) => found);
}

/** Whether what follows stands in a SET: the nearest clause outside of brackets and cases says. */
function isAssigned(before: string): boolean {
  let closed = 0;
  let ended = 0;
  const words = before.match(/[()`]|\b(?:set|where|on|having|when|select|returning|then|else|values|case|end|if)\b/gi);
  for (const word of (words ?? []).toReversed().map((one) => one.toLowerCase())) {
    if (word === ")") closed += 1;
    else if (word === "(") closed = Math.max(0, closed - 1);
    else if (closed > 0) continue;
    else if (word === "end") ended += 1;
    else if (word === "case" && ended > 0) ended -= 1;
    else if (ended === 0) return word === "set";
  }
  return false;
}

test("knows a condition from an assignment", () => {
  expect(leakyIn("select from t where t.id = coalesce(told.id, other.id)")).toHaveLength(1);
  expect(leakyIn("join c on c.tenant_id = $1 and c.id = any (coalesce(own.ids, '{}'))")).toHaveLength(1);
  expect(leakyIn("where id in (select coalesce(thread_id, id) from conversations)")).toHaveLength(1);
  expect(leakyIn("select (select count(*) from t where at >= coalesce(x.at, y.at))")).toHaveLength(1);
  expect(
    leakyIn("update t set a = greatest(a, 1), b = case when c then d end, e = coalesce(t.e, $3) where id = $1"),
  ).toEqual([]);
});

test("no statement looks something up by a coalesce", async () => {
  const found: string[] = [];
  for await (const path of glob(["server/**/*.ts", "db/*.{ts,sql}"])) {
    if (path.endsWith(".test.ts")) continue;
    if (leakyIn(await readFile(path, "utf8")).length > 0) found.push(path);
  }
  expect(found.toSorted()).toEqual(Object.keys(harmless));
});
