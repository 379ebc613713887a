import { spawnSync } from "node:child_process";
import { startSystemPostgres, systemPostgres } from "./debian-postgres.ts";

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
const run = spawnSync("vitest", ["run", ...(files.length > 0 ? files : ["db", "server"])], {
  stdio: "inherit",
  env: { ...process.env, TEST_DATABASE_URL: given ?? server?.ownerUrl },
});
await server?.stop();
process.exit(run.status ?? 1);
