import { readFileSync } from "node:fs";
import { connect } from "#db/client.ts";
import { embeddedUrls } from "#db/embedded.ts";
import type { BenchRun } from "./bench-run.ts";
import type { Figure } from "./figure.ts";
import { expectedFigures } from "./figure.ts";
import { deepPages } from "./figures/deep-pages.ts";
import { intake } from "./figures/intake.ts";
import { live } from "./figures/live.ts";
import { queuePage } from "./figures/queue-page.ts";
import { search } from "./figures/search.ts";
import { vitals } from "./figures/vitals.ts";
import { weight } from "./figures/weight.ts";
import { describeMachine } from "./machine.ts";
import { writeOpening } from "./performance-page.ts";
import { benchFacts, benchFolder, benchPeople } from "./place.ts";
import { printTable, writeReport } from "./report.ts";
import { signIn, startProgram } from "./program.ts";

/**
 * `npm run bench`: the goals of docs/performance.md, measured against their floors in one run.
 * `-- --json` prints one JSON line per figure; `-- --write` renews docs/performance.md;
 * `-- --only P1,P8` measures part of it (never together with --write).
 */
const json = process.argv.includes("--json");
const only = process.argv[process.argv.indexOf("--only") + 1]?.split(",");
const partial = process.argv.includes("--only");
const say = (line: string) => void process.stderr.write(`${line}\n`);

const program = await startProgram();
const ownerUrl = embeddedUrls(benchFolder)!.ownerUrl;
const owner = connect({ url: ownerUrl, max: 2 });
const figures: Figure[] = [];
try {
  const run: BenchRun = {
    program,
    owner,
    ownerUrl,
    say,
    cookies: {
      bench: await signIn(program, benchPeople.bench),
      million: await signIn(program, benchPeople.million),
      tenth: await signIn(program, benchPeople.tenth),
    },
    facts: JSON.parse(readFileSync(benchFacts, "utf8")) as BenchRun["facts"],
  };
  const machine = await describeMachine(owner);
  for (const line of machine) say(line);
  // Reading pages first: intake writes tens of thousands of rows.
  const steps = { P1: queuePage, P3: deepPages, P4: search, P10: vitals, P6: live, P5: intake, P8: weight };
  for (const [name, step] of Object.entries(steps)) {
    if (partial && !only?.includes(name)) continue;
    say(`${name} …`);
    figures.push(...(await step(run)));
  }
  if (process.argv.includes("--write") && !partial) writeOpening(writeReport(figures, machine));
} finally {
  await owner.end();
  await program.stop();
}

if (json) for (const figure of figures) console.log(JSON.stringify(figure));
else printTable(figures);
const missing = expectedFigures.filter((id) => !figures.some((figure) => figure.id === id));
if (missing.length > 0 && !partial) {
  say(`missing: ${missing.join(", ")}`);
  process.exitCode = 1;
}
