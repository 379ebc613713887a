import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { asPostgres, giveTo, postgresUser } from "#db/postgres-user.ts";
import { freePort, readPostmaster, waitUntil } from "#db/postmaster.ts";
import { bootstrapServer } from "#db/roles.ts";

const oldest = 15;

/** The folder of the system's oldest PostgreSQL that Guichet supports, or undefined. `PG_BIN` names one. */
export function systemPostgres(): string | undefined {
  if (process.env.PG_BIN) return process.env.PG_BIN;
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return undefined;
  const versions = readdirSync(root)
    .map(Number)
    .filter((version) => version >= oldest)
    .toSorted((a, b) => a - b);
  const found = versions.find((version) => existsSync(`${root}/${version}/bin/postgres`));
  return found ? `${root}/${found}/bin` : undefined;
}

/** Starts a throwaway server from the system's binaries, owned by a role that is no superuser. */
export async function startSystemPostgres(bin: string): Promise<{ ownerUrl: string; stop(): Promise<void> }> {
  const user = postgresUser();
  const folder = mkdtempSync(join(tmpdir(), "guichet-server-"));
  chmodSync(folder, 0o755);
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, "throwaway", { mode: 0o600 });
  for (const path of [data, passwordFile]) giveTo(user, path);
  const initdb = asPostgres(
    user,
    join(bin, "initdb"),
    [
      "-D",
      data,
      "-U",
      "postgres",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--encoding=UTF8",
      "--locale=C.UTF-8",
    ],
    [data],
  );
  execFileSync(initdb.file, initdb.args, { ...initdb.options, cwd: "/", stdio: ["ignore", "ignore", "inherit"] });

  const port = await freePort();
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
  ];
  const args = ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
  const server = asPostgres(user, join(bin, "postgres"), args, [data]);
  const child = spawn(server.file, server.args, { ...server.options, cwd: "/", stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  if (!(await waitUntil(() => readPostmaster(data)?.ready ?? false, 30_000)))
    throw new Error(`${bin}/postgres does not start`);

  const superuser = postgres(`postgres://postgres:throwaway@127.0.0.1:${port}/postgres`, { max: 1 });
  await bootstrapServer(superuser, { database: "guichet", ownerPassword: "throwaway" });
  await superuser.end();
  const stop = async () => {
    child.kill("SIGINT");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { ownerUrl: `postgres://guichet_owner:throwaway@127.0.0.1:${port}/guichet`, stop };
}
