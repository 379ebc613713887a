import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { freePort } from "../db/postmaster.ts";

let folder = "";
let dataFolder = "";
const begun: ChildProcess[] = [];
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "guichet-processes-"));
  dataFolder = join(folder, ".data");
});
test.afterAll(async () => {
  for (const child of begun) await stop(child);
  rmSync(folder, { recursive: true, force: true });
});
test.setTimeout(240_000);

test("npm start: first start, Ctrl-C, the same data again, kill -9, and nothing is left running", async () => {
  const first = run({ PORT: "0" });
  const url = await said(first, /^Guichet is open at (\S+)/m);
  await said(first, /^ {2}(\S+@\S+) /m);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const postmaster = Number(readFileSync(join(dataFolder, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  const busy = run({ PORT: new URL(url).port });
  expect(await ended(busy)).toBe(1);
  expect(output(busy).trim()).toMatch(/^port \d+ is in use: stop what uses it, or set PORT to another one$/m);
  const twice = run({ PORT: "0" });
  expect(await ended(twice)).toBe(1);
  expect(output(twice)).toContain("Guichet already runs on");
  first.kill("SIGINT");
  expect(await ended(first)).toBe(0);
  // A process that has ended may wait a moment for its parent to notice.
  await expect.poll(() => isRunning(postmaster)).toBe(false);

  const second = run({ PORT: "0" });
  await said(second, /^Guichet is open at (\S+)/m);
  expect(output(second)).not.toContain("demo tenants made");
  second.kill("SIGKILL");
  await ended(second);
  const third = run({ PORT: "0" });
  await said(third, /^Guichet is open at (\S+)/m);
  third.kill("SIGTERM");
  expect(await ended(third)).toBe(0);
  expect(existsSync(join(dataFolder, "postgres", "postmaster.pid"))).toBe(false);
});

test("a program that is told to stop while it still starts ends as one that serves, without a word", async () => {
  for (let round = 0; round < 3; round++) {
    const port = String(await freePort());
    const starting = run({ PORT: port });
    const answers = () => fetch(`http://localhost:${port}/readyz`).catch(() => null);
    while (starting.exitCode === null && !(await answers())) await wait(5);
    starting.kill("SIGTERM");
    expect(await ended(starting)).toBe(0);
    expect(output(starting)).not.toMatch(/error|shutting down|terminat|cannot/i);
    expect(existsSync(join(dataFolder, "postgres", "postmaster.pid"))).toBe(false);
  }
});

test("a wrong environment is one line that names the variable, and exit code 1", async () => {
  const wrong = run({ PORT: "3000", DATABASE_URL: "postgres://guichet_app:x@127.0.0.1:1/guichet" });
  expect(await ended(wrong)).toBe(1);
  expect(output(wrong)).toBe(
    "ENCRYPTION_KEY is required with DATABASE_URL: 32 random bytes in base64 (openssl rand -base64 32)\n",
  );
  const unreachable = run({
    PORT: "0",
    DATABASE_URL: "postgres://guichet_app:x@127.0.0.1:1/guichet",
    ENCRYPTION_KEY: Buffer.alloc(32).toString("base64"),
  });
  expect(await ended(unreachable)).toBe(1);
  expect(output(unreachable)).toMatch(/^the database cannot be reached at 127\.0\.0\.1:1/m);
});

const outputs = new WeakMap<ChildProcess, string>();
const output = (child: ChildProcess) => outputs.get(child) ?? "";

function run(env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ["scripts/start.ts"], {
    env: { ...process.env, LOG_LEVEL: "silent", GUICHET_DATA: dataFolder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  begun.push(child);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (piece: Buffer) => outputs.set(child, output(child) + piece.toString()));
  }
  return child;
}

async function said(child: ChildProcess, pattern: RegExp): Promise<string> {
  await expect
    .poll(() => pattern.test(output(child)) || child.exitCode, { timeout: 120_000, message: pattern.source })
    .toBe(true);
  return pattern.exec(output(child))?.[1] ?? "";
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return child.exitCode;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
  await ended(child);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
