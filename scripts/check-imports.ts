import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { IFlattenedRuleSet } from "dependency-cruiser";
import { names, options, ruleSet } from "./import-rules.ts";
import { readTypes } from "./swc-parser.ts";

/**
 * Checks the import rules of `import-rules.ts` in a folder (the current one by default). Fails
 * as well when fewer modules were read than source files exist: without its parser the cruiser reads
 * nothing and finds nothing wrong.
 */
const { cruise } = await import("dependency-cruiser");
const root = process.argv[2] ?? process.cwd();
const roots = ["app", "server", "db", "scripts", "e2e", "bench"].filter((folder) => existsSync(join(root, folder)));
const sources = roots.flatMap((folder) => sourcesOf(join(root, folder)));

process.chdir(root);
const all = await violationsOf(true, ruleSet(false));
const values = await violationsOf(false, ruleSet(true));
const unread = sources.map((path) => relative(root, path)).filter((path) => !all.read.has(path));
const violations = [...all.violations, ...values.violations];

for (const { rule, from, to, cycle } of violations) {
  console.error(`${rule.name}: ${from} → ${cycle ? cycle.map((step) => step.name).join(" → ") : to}`);
}
if (unread.length > 0) console.error(`not read by dependency-cruiser: ${unread.join(", ")}`);
if (violations.length > 0 || unread.length > 0) process.exit(1);
console.log(`imports: ${sources.length} files keep to ${names.length} rules`);

async function violationsOf(types: boolean, wanted: IFlattenedRuleSet) {
  readTypes(types);
  const { output } = await cruise(roots, { ...options, ruleSet: wanted, validate: true });
  if (typeof output === "string") throw new Error(output);
  return { violations: output.summary.violations, read: new Set(output.modules.map((module) => module.source)) };
}

function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}
