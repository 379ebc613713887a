import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { runStep } from "./run-steps.ts";

const reports = { vitest: ".cache/vitest.json", playwright: ".cache/playwright.json" };

interface Counts {
  passed: number;
  failed: number;
}

/** `npm test`: check, unit and integration tests on a real PostgreSQL, build, browser tests. The last line counts. */
mkdirSync(".cache", { recursive: true });
for (const report of Object.values(reports)) rmSync(report, { force: true });

const check = await runStep({ name: "check", command: process.execPath, args: ["scripts/check.ts"], loud: true });
const unit = await runStep({
  name: "unit and integration tests",
  command: "vitest",
  args: ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${reports.vitest}`],
  loud: true,
});
const build = await runStep({ name: "build", command: process.execPath, args: ["scripts/build.ts"] });
const browser = build.passed
  ? await runStep({ name: "browser tests", command: process.execPath, args: ["scripts/test-e2e.ts"], loud: true })
  : { passed: false };

const counts = [
  count(check.passed),
  readCounts(unit.passed, reports.vitest, readVitest),
  count(build.passed),
  readCounts(browser.passed, reports.playwright, readPlaywright),
];
const passed = counts.reduce((sum, one) => sum + one.passed, 0);
const failed = counts.reduce((sum, one) => sum + one.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function count(passedStep: boolean): Counts {
  return passedStep ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A run that failed without a failed test (it could not start, say) counts as one failure. */
function readCounts(stepPassed: boolean, path: string, read: (report: never) => Counts): Counts {
  const counted = existsSync(path) ? read(JSON.parse(readFileSync(path, "utf8")) as never) : { passed: 0, failed: 0 };
  return stepPassed || counted.failed > 0 ? counted : { ...counted, failed: 1 };
}

function readVitest(report: { numPassedTests: number; numFailedTests: number; numPendingTests: number }): Counts {
  return { passed: report.numPassedTests, failed: report.numFailedTests + report.numPendingTests };
}

/** A skipped test counts as failed: none is skipped in silence. */
function readPlaywright(report: { stats: Record<"expected" | "unexpected" | "flaky" | "skipped", number> }): Counts {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + skipped };
}
