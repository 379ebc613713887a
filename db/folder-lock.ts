import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "./postmaster.ts";

const name = "program.pid";

/** Marks a data folder as served by this process; throws one sentence when another one serves it. */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const holder = folderHolder(folder);
  if (holder) throw new Error(`Guichet already runs on ${folder} (process ${holder}): stop it first`);
  const path = join(folder, name);
  writeFileSync(path, `${process.pid}\n${startOf(process.pid)}\n`);
  return () => rmSync(path, { force: true });
}

/** The process that serves a data folder, or null. A killed one's mark does not count. */
export function folderHolder(folder: string): number | null {
  const path = join(folder, name);
  if (!existsSync(path)) return null;
  const [pid = "", started = ""] = readFileSync(path, "utf8").split("\n");
  const holder = Number(pid);
  return holder !== process.pid && holder > 1 && isAlive(holder) && startOf(holder) === started ? holder : null;
}

/** When a process began: process ids are used again, a pair of both is not. */
function startOf(pid: number): string {
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
    }
    return execFileSync("ps", ["-p", String(pid), "-o", "lstart="], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}
