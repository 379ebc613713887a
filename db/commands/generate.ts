import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { readMigrations } from "../journal.ts";
import { hasFlag, runCommand } from "../target.ts";

const scratch = ".cache/drizzle";
const migrations = "db/migrations";
const kept = `${migrations}/snapshot.json`;

/**
 * `npm run db:generate -- name`: what changed in db/schema since the last snapshot becomes a migration's
 * up.sql. `-- --snapshot` only records db/schema as it is, after up.sql was written by hand.
 */
await runCommand(async () => {
  const name = hasFlag("snapshot") ? "snapshot" : process.argv[2];
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) throw new Error("usage: npm run db:generate -- name_in_snake_case");
  layOut(!hasFlag("snapshot"));
  const run = spawnSync("drizzle-kit", ["generate", "--name", name], { encoding: "utf8" });
  if (run.stdout.includes("No schema changes"))
    return console.log("db/schema has not changed since the last migration");
  const sql = existsSync(scratch) ? readdirSync(scratch).find((file) => file.endsWith(".sql")) : undefined;
  if (!sql) throw new Error(`drizzle-kit failed:\n${run.stdout}${run.stderr}`);
  const snapshot = readdirSync(`${scratch}/meta`)
    .filter((file) => file.endsWith("_snapshot.json"))
    .toSorted()
    .at(-1);
  copyFileSync(`${scratch}/meta/${snapshot}`, kept);
  if (hasFlag("snapshot")) return console.log(`recorded ${kept}`);
  const last = Number(readMigrations().at(-1)?.name.slice(0, 4) ?? 0);
  const folder = `${migrations}/${String(last + 1).padStart(4, "0")}_${name}`;
  mkdirSync(folder);
  writeFileSync(
    `${folder}/up.sql`,
    readFileSync(`${scratch}/${sql}`, "utf8").replaceAll("--> statement-breakpoint", ""),
  );
  writeFileSync(`${folder}/down.sql`, "-- what undoes up.sql\n");
  console.log(`made ${folder}/up.sql; write ${folder}/down.sql beside it`);
});

/** drizzle-kit compares with the newest snapshot of its own journal: it is given ours as the only one. */
function layOut(withSnapshot: boolean): void {
  rmSync(scratch, { recursive: true, force: true });
  if (!withSnapshot || !existsSync(kept)) return;
  mkdirSync(`${scratch}/meta`, { recursive: true });
  copyFileSync(kept, `${scratch}/meta/0000_snapshot.json`);
  const entries = [{ idx: 0, version: "7", when: 0, tag: "0000_before", breakpoints: true }];
  writeFileSync(`${scratch}/meta/_journal.json`, JSON.stringify({ version: "7", dialect: "postgresql", entries }));
}
