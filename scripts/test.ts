import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { runStep } from "./run-steps.ts";
import type { Outcome } from "./test-reports.ts";
import { nothing, readPlaywright, readVitest, sentencesOf, settled, summaryFile } from "./test-reports.ts";

const reports = { vitest: ".cache/vitest.json", playwright: ".cache/playwright.json" };

/** `npm test`: check, unit and integration tests on a real PostgreSQL, build, browser tests. The last line counts. */
mkdirSync(".cache", { recursive: true });
for (const report of [...Object.values(reports), summaryFile]) rmSync(report, { force: true });

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
const lines = [...outcomes.flatMap(sentencesOf), `${passed} passed, ${failed} failed`];
writeFileSync(summaryFile, `${lines.join("\n")}\n`);
console.log(lines.join("\n"));
process.exit(failed === 0 ? 0 : 1);

function single(name: string, ok: boolean): Outcome {
  return ok ? { ...nothing(), passed: 1 } : { ...nothing(), failed: 1, failures: [name] };
}
