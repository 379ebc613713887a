import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** What `postmaster.pid` of a data directory says. */
export interface Postmaster {
  pid: number;
  dataDirectory: string;
  port: number;
  ready: boolean;
}

/** Reads `postmaster.pid`; null when there is none or its process is gone (a stale file is removed). */
export function readPostmaster(dataDirectory: string): Postmaster | null {
  const path = join(dataDirectory, "postmaster.pid");
  if (!existsSync(path)) return null;
  const lines = readFileSync(path, "utf8").split("\n");
  const pid = Number(lines[0]);
  if (!isPostgres(pid)) {
    rmSync(path, { force: true });
    return null;
  }
  return {
    pid,
    dataDirectory: lines[1] ?? "",
    port: Number(lines[3] ?? 0),
    ready: lines[7]?.trim() === "ready",
  };
}

/** True while the process runs. A zombie that nobody collects has ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return processState(pid) !== "Z";
}

/** A port of 127.0.0.1 that nothing listens on right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Calls `check` every `every` ms until it is true; false when `within` ms have passed. */
export async function waitUntil(check: () => boolean, within: number, every = 25): Promise<boolean> {
  const deadline = Date.now() + within;
  while (!check()) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  return true;
}

/** A process id is reused after a restart of the machine: only a live `postgres` counts. */
function isPostgres(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 2 || !isAlive(pid)) return false;
  if (process.platform === "linux") return readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "postgres";
  try {
    return execFileSync("ps", ["-p", String(pid), "-o", "comm="], { encoding: "utf8" }).includes("postgres");
  } catch {
    return false;
  }
}

function processState(pid: number): string {
  if (process.platform !== "linux") return "";
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
  } catch {
    return "Z";
  }
}
