import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { runCommand } from "../target.ts";

const scratch = ".cache/drizzle";
const migrations = "db/migrations";

/** `npm run db:generate -- name`: what changed in db/schema since the last snapshot becomes a migration's up.sql. */
await runCommand(async () => {
  const name = process.argv[2];
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) throw new Error("usage: npm run db:generate -- name_in_snake_case");
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(`${scratch}/meta`, { recursive: true });
  if (existsSync(`${migrations}/meta`)) cpSync(`${migrations}/meta`, `${scratch}/meta`, { recursive: true });
  const run = spawnSync("npx", ["--no", "drizzle-kit", "generate", "--name", name], { stdio: "inherit" });
  const made = readdirSync(scratch).find((file) => file.endsWith(".sql"));
  if (run.status !== 0) throw new Error("drizzle-kit failed");
  if (!made) return;
  const folder = `${migrations}/${made.replace(/\.sql$/, "")}`;
  mkdirSync(folder, { recursive: true });
  const up = readFileSync(`${scratch}/${made}`, "utf8").replaceAll("--> statement-breakpoint", "");
  writeFileSync(`${folder}/up.sql`, up);
  if (!existsSync(`${folder}/down.sql`)) writeFileSync(`${folder}/down.sql`, "-- what undoes up.sql\n");
  cpSync(`${scratch}/meta`, `${migrations}/meta`, { recursive: true });
  rmSync(scratch, { recursive: true, force: true });
  console.log(`made ${folder}/up.sql; write ${folder}/down.sql beside it`);
});
