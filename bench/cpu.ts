import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/**
 * CPU milliseconds that processes and their children have used so far. Exited children count through
 * their parent, so that a database's short-lived backends are not lost.
 */
export function cpuMs(roots: readonly number[]): number {
  return existsSync("/proc/self/stat") ? cpuFromProc(roots) : cpuFromPs(roots);
}

/** Linux: /proc/<pid>/stat, fields 14–17 (proc(5)), in clock ticks of 10 ms. */
function cpuFromProc(roots: readonly number[]): number {
  const processes = new Map<number, { parent: number; own: number; reaped: number }>();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const text = readFileSync(`/proc/${entry}/stat`, "utf8");
      const fields = text
        .slice(text.lastIndexOf(")") + 2)
        .split(" ")
        .map(Number);
      processes.set(Number(entry), {
        parent: fields[1]!,
        own: fields[11]! + fields[12]!,
        reaped: fields[13]! + fields[14]!,
      });
    } catch {
      // It ended between the listing and the read.
    }
  }
  const inside = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = processes.get(at)?.parent)
      if (roots.includes(at)) return true;
    return false;
  };
  let ticks = 0;
  for (const [pid, { own, reaped }] of processes) if (inside(pid)) ticks += own + reaped;
  return ticks * 10;
}

/** macOS: `ps` knows the time of living processes only. */
function cpuFromPs(roots: readonly number[]): number {
  const lines = execFileSync("ps", ["-axo", "pid=,ppid=,time="], { encoding: "utf8" }).trim().split("\n");
  const rows = lines
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, time]) => ({
      pid: Number(pid),
      parent: Number(parent),
      ms: time!.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) * 1000,
    }));
  return rows
    .filter((row) => roots.includes(row.pid) || roots.includes(row.parent))
    .reduce((sum, row) => sum + row.ms, 0);
}

/** Megabytes resident in memory, one process. */
export function residentMb(pid: number): number {
  if (existsSync(`/proc/${pid}/status`)) {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  }
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}
