import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { startSystemPostgres, systemPostgres } from "./debian-postgres.ts";
import { readVitest, sentencesOf, settled, summaryFile } from "./test-reports.ts";

/**
 * `npm run test:server`: the integration tests on a server PostgreSQL whose owner is no superuser, as
 * managed ones are. Uses `TEST_DATABASE_URL`, else starts the system's PostgreSQL from its binaries.
 */
const given = process.env.TEST_DATABASE_URL;
const bin = given ? undefined : systemPostgres();
if (!given && !bin) {
  console.error("no PostgreSQL 15 or newer found: install postgresql-15, or set TEST_DATABASE_URL to an owner's URL");
  process.exit(1);
}
const server = bin ? await startSystemPostgres(bin) : undefined;
const files = process.argv.slice(2);
const report = ".cache/vitest-server.json";
mkdirSync(".cache", { recursive: true });
rmSync(report, { force: true });
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
const run = spawnSync("vitest", ["run", ...reporters, ...(files.length > 0 ? files : ["db", "server"])], {
  stdio: "inherit",
  env: { ...process.env, TEST_DATABASE_URL: given ?? server?.ownerUrl },
});
await server?.stop();
const outcome = settled("tests on a server PostgreSQL", run.status === 0, readVitest(report));
const lines = [...sentencesOf(outcome), `on a server PostgreSQL: ${outcome.passed} passed, ${outcome.failed} failed`];
appendFileSync(summaryFile, `${lines.join("\n")}\n`);
console.log(lines.join("\n"));
process.exit(run.status ?? 1);
