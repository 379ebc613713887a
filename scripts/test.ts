import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { runStep } from "./run-steps.ts";
import type { Outcome } from "./test-reports.ts";
import { nothing, readPlaywright, readVitest } from "./test-reports.ts";

const reports = { vitest: ".cache/vitest.json", playwright: ".cache/playwright.json" };
/** What failed, in words: printed here, and by `.ci/run` once more as its last lines. */
const summary = ".cache/test-summary.txt";

/** `npm test`: check, unit and integration tests on a real PostgreSQL, build, browser tests. The last line counts. */
mkdirSync(".cache", { recursive: true });
for (const report of [...Object.values(reports), summary]) rmSync(report, { force: true });

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

const outcomes = [
  single("check", check.passed),
  settled("unit and integration tests", unit.passed, readVitest(reports.vitest)),
  single("build", build.passed),
  settled("browser tests", browser.passed, readPlaywright(reports.playwright)),
];
const passed = outcomes.reduce((sum, one) => sum + one.passed, 0);
const failed = outcomes.reduce((sum, one) => sum + one.failed, 0);
const lines = [
  ...outcomes.flatMap((one) => one.failures).map((failure) => `failed: ${failure}`),
  ...outcomes.flatMap((one) => one.secondAttempts).map((test) => `passed only at its second attempt: ${test}`),
  `${passed} passed, ${failed} failed`,
];
writeFileSync(summary, `${lines.join("\n")}\n`);
console.log(lines.join("\n"));
process.exit(failed === 0 ? 0 : 1);

function single(name: string, ok: boolean): Outcome {
  return ok ? { ...nothing(), passed: 1 } : { ...nothing(), failed: 1, failures: [name] };
}

/** A run that failed without a failed test (it could not start, say) counts as one failure. */
function settled(name: string, stepPassed: boolean, outcome: Outcome): Outcome {
  if (stepPassed || outcome.failed > 0) return outcome;
  return { ...outcome, failed: 1, failures: [...outcome.failures, `${name}: the run itself`] };
}
