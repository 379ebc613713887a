import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "postgres";
import postgres from "postgres";
import type { Passwords } from "../db/passwords.ts";

/** What `npm run demo:credentials` prints of a channel. */
export interface DemoChannel {
  id: string;
  provider: string;
  address: string;
  webhookUrl: string;
  sharedWebhookUrl: string;
  verifyToken: string;
  signingSecret: string;
  credentials: Record<string, string>;
}

export interface DemoTenant {
  id: string;
  slug: string;
  kind: "business" | "platform";
  signIns: { email: string; role: string; password: string }[];
  channels: DemoChannel[];
}

/** The built program on a data folder of its own, as `npm start` runs it. */
export interface Program {
  /** Changes when the program is started again. */
  readonly url: string;
  readonly dataFolder: string;
  /** Everything it wrote to stdout and stderr, from the first start on. */
  readonly output: string;
  /** Starts it on the same data. */
  start(): Promise<void>;
  /** `kill -9` of the program; its PostgreSQL stays. */
  kill(): Promise<void>;
  /** The database as its superuser, who sees every tenant's rows. Not for the program to have. */
  database(): Sql;
  demoTenants(): DemoTenant[];
  /** Ends it and removes the folder. */
  dispose(): Promise<void>;
}

/** Starts the program on an empty folder: it makes its database and the demo. */
export async function runProgram(env: Record<string, string> = {}): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), "guichet-e2e-"));
  const dataFolder = join(folder, ".data");
  const settings = { ...process.env, DATABASE_URL: "", PORT: "0", LOG_LEVEL: "info", GUICHET_DATA: dataFolder, ...env };
  const said: string[] = [];
  const opened: Sql[] = [];
  let child: ChildProcess | undefined;
  let url = "";

  const start = async () => {
    child = spawn(process.execPath, ["scripts/start.ts"], { env: settings, stdio: ["ignore", "pipe", "pipe"] });
    url = await addressOf(child, (piece) => said.push(piece));
  };
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "close");
  };
  const dispose = async () => {
    await Promise.all(opened.map((sql) => sql.end({ timeout: 1 })));
    await end("SIGTERM");
    await stopPostgres(dataFolder);
    rmSync(folder, { recursive: true, force: true });
  };
  const program: Program = {
    get url() {
      return url;
    },
    dataFolder,
    get output() {
      return said.join("");
    },
    start,
    kill: () => end("SIGKILL"),
    database: () => {
      const sql = databaseIn(dataFolder);
      opened.push(sql);
      return sql;
    },
    demoTenants: () => {
      const asked = { ...settings, PUBLIC_URL: url };
      const printed = execFileSync(process.execPath, ["scripts/demo-credentials.ts"], { env: asked, encoding: "utf8" });
      return (JSON.parse(printed) as { tenants: DemoTenant[] }).tenants;
    },
    dispose,
  };
  try {
    await start();
    return program;
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** The database of a running program as its superuser; the caller ends it. */
export function databaseIn(dataFolder: string): Sql {
  const [, , , port] = readFileSync(join(dataFolder, "postgres", "postmaster.pid"), "utf8").split("\n");
  const { superuser } = JSON.parse(readFileSync(join(dataFolder, "passwords.json"), "utf8")) as Passwords;
  return postgres(`postgres://postgres:${superuser}@127.0.0.1:${port}/guichet`, { max: 2 });
}

/** A killed program leaves its PostgreSQL running. */
async function stopPostgres(dataFolder: string): Promise<void> {
  const pidFile = join(dataFolder, "postgres", "postmaster.pid");
  if (!existsSync(pidFile)) return;
  process.kill(Number(readFileSync(pidFile, "utf8").split("\n")[0]), "SIGINT");
  while (existsSync(pidFile)) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Passes on all that the program writes; resolves when it says where it is. */
function addressOf(child: ChildProcess, pass: (piece: string) => void): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let heard = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (piece: Buffer) => {
      pass(String(piece));
      heard += String(piece);
      const url = /^Guichet is open at (\S+)$/m.exec(heard)?.[1];
      if (url) resolve(url);
    });
  }
  child.once("close", () => reject(new Error(`the program did not start:\n${heard}`)));
  return promise;
}
