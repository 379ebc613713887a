import type { Step } from "./run-steps.ts";
import { runStep } from "./run-steps.ts";

const steps: Step[] = [
  { name: "route types", command: "react-router", args: ["typegen"] },
  { name: "types", command: "tsc", args: ["--noEmit", "-p", "."] },
  { name: "lint", command: "oxlint", args: ["--deny-warnings", "."] },
  { name: "format", command: "oxfmt", args: ["--check", "."] },
  { name: "import rules", command: process.execPath, args: ["scripts/check-imports.ts"] },
  { name: "dead code", command: "knip", args: [] },
];

/** `npm run check`: everything that can be said of the code without running it. */
let failed = 0;
for (const step of steps) if (!(await runStep(step)).passed) failed += 1;
process.exit(failed === 0 ? 0 : 1);
