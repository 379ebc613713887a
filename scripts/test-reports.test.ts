import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nothing, readPlaywright, readVitest } from "./test-reports.ts";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "reports-"))));
afterAll(() => rmSync(folder, { recursive: true }));

function written(report: object): string {
  const path = join(folder, "report.json");
  writeFileSync(path, JSON.stringify(report));
  return path;
}

test("a browser test at its second attempt has passed and is named; a skipped one has failed", () => {
  const spec = (title: string, status: string, message?: string) => ({
    title,
    file: "a.spec.ts",
    tests: [{ status, results: message ? [{ error: { message, location: { file: "a", line: 7 } } }] : [{}] }],
  });
  const outcome = readPlaywright(
    written({
      suites: [
        {
          specs: [spec("one", "expected"), spec("two", "flaky", "too late")],
          suites: [{ specs: [spec("three", "unexpected", "\u001B[31mnot there"), spec("four", "skipped")] }],
        },
      ],
    }),
  );
  expect(outcome).toEqual({
    passed: 2,
    failed: 2,
    failures: ["a.spec.ts:7 › three\n    not there", "a.spec.ts › four\n    skipped"],
    secondAttempts: ["a.spec.ts:7 › two\n    too late"],
  });
});

test("a unit test that failed says why, a file that could not be read too", () => {
  const outcome = readVitest(
    written({
      numPassedTests: 1,
      numFailedTests: 1,
      numPendingTests: 0,
      testResults: [
        {
          name: "a.test.ts",
          status: "failed",
          assertionResults: [
            { fullName: "adds", status: "passed" },
            { fullName: "takes away", status: "failed", failureMessages: ["expected 1 to be 2"] },
          ],
        },
        { name: "b.test.ts", status: "failed", message: "Cannot find module", assertionResults: [] },
      ],
    }),
  );
  expect(outcome.failures).toEqual([
    "a.test.ts › takes away\n    expected 1 to be 2",
    "b.test.ts\n    Cannot find module",
  ]);
});

test("no report is no outcome", () => {
  expect(readVitest(join(folder, "nowhere.json"))).toEqual(nothing());
});
