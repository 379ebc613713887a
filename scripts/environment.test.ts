import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { environmentNames } from "#server/core/config.ts";

test(".env.example names every variable that the program reads, and none that it does not", () => {
  const named = [...readFileSync(".env.example", "utf8").matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]);
  const forTests = ["CHROME_PATH", "TEST_DATABASE_URL"];
  expect(named.toSorted()).toEqual([...environmentNames, ...forTests].toSorted());
});
