import { existsSync, readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

/** What a step's tests came to. `failures` and `secondAttempts` name tests; a failure says its first lines too. */
export interface Outcome {
  passed: number;
  failed: number;
  failures: string[];
  secondAttempts: string[];
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[];
  }[];
}

interface PlaywrightSuite {
  specs?: PlaywrightSpec[];
  suites?: PlaywrightSuite[];
}

interface PlaywrightSpec {
  title: string;
  file: string;
  tests: {
    status: "expected" | "unexpected" | "flaky" | "skipped";
    results: { error?: { message?: string; location?: { file: string; line: number } } }[];
  }[];
}

/** What failed, in words: `npm test` begins it, `npm run test:server` goes on in it, `.ci/run` ends with it. */
export const summaryFile = ".cache/test-summary.txt";

/** A line for each test that failed or needed a second attempt. */
export function sentencesOf({ failures, secondAttempts }: Outcome): string[] {
  return [
    ...failures.map((failure) => `failed: ${failure}`),
    ...secondAttempts.map((test) => `passed only at its second attempt: ${test}`),
  ];
}

/** A run that failed without a failed test (it could not start, say) counts as one failure. */
export function settled(name: string, stepPassed: boolean, outcome: Outcome): Outcome {
  if (stepPassed || outcome.failed > 0) return outcome;
  return { ...outcome, failed: 1, failures: [...outcome.failures, `${name}: the run itself`] };
}

/** Vitest's JSON report. A skipped test counts as failed: none is skipped in silence. */
export function readVitest(path: string): Outcome {
  if (!existsSync(path)) return nothing();
  const report = JSON.parse(readFileSync(path, "utf8")) as VitestReport;
  const failures = report.testResults.flatMap((file) => {
    const tests = file.assertionResults.filter((test) => test.status !== "passed");
    if (tests.length === 0 && file.status === "failed") return [describe(file.name, file.message)];
    return tests.map((test) => describe(`${file.name} › ${test.fullName}`, test.failureMessages?.[0] ?? test.status));
  });
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numPendingTests,
    failures,
    secondAttempts: [],
  };
}

/** Playwright's JSON report. What passed at its second attempt has passed, and is named. */
export function readPlaywright(path: string): Outcome {
  if (!existsSync(path)) return nothing();
  const report = JSON.parse(readFileSync(path, "utf8")) as PlaywrightSuite & { errors?: { message?: string }[] };
  const outcome = nothing();
  for (const spec of specsOf(report)) {
    for (const test of spec.tests) {
      const error = test.results.find((result) => result.error)?.error;
      const line = error?.location ? `${spec.file}:${error.location.line}` : spec.file;
      const said = describe(`${line} › ${spec.title}`, error?.message ?? test.status);
      if (test.status === "expected" || test.status === "flaky") outcome.passed += 1;
      if (test.status === "unexpected" || test.status === "skipped") outcome.failed += 1;
      if (test.status === "flaky") outcome.secondAttempts.push(said);
      if (test.status === "unexpected" || test.status === "skipped") outcome.failures.push(said);
    }
  }
  for (const error of report.errors ?? []) outcome.failures.push(describe("browser tests", error.message));
  return outcome;
}

function specsOf(suite: PlaywrightSuite): PlaywrightSpec[] {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
}

function describe(name: string, message = ""): string {
  const lines = stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim())
    .slice(0, 8);
  return [name, ...lines.map((line) => `    ${line.slice(0, 200)}`)].join("\n");
}

export function nothing(): Outcome {
  return { passed: 0, failed: 0, failures: [], secondAttempts: [] };
}
