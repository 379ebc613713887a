import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#db/postmaster.ts";
import { benchFolder, benchPeople } from "./place.ts";

/** The built program on the bench data, as `npm start` runs it, in a process of its own. */
export interface BenchProgram {
  url: string;
  /** The program's process and the postmaster: everything whose CPU counts. */
  pids: number[];
  pid: number;
  /** From spawn to /readyz, milliseconds, PostgreSQL's own start included. */
  readyMs: number;
  stop(): Promise<void>;
}

export async function startProgram(folder = benchFolder): Promise<BenchProgram> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, ["scripts/start.ts"], {
    env: {
      ...process.env,
      PORT: String(port),
      PUBLIC_URL: url,
      GUICHET_DATA: folder,
      GUICHET_DEMO: "0",
      GUICHET_SIMULATOR: "1",
      LOG_LEVEL: "warn",
      NODE_ENV: "production",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(child, "exit");
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error("the program did not start; run `npm run bench:seed` first");
    await new Promise((done) => setTimeout(done, 15));
  }
  const readyMs = performance.now() - began;
  const postmaster = Number(readFileSync(join(folder, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { url, pid: child.pid!, pids: [child.pid!, postmaster], readyMs, stop };
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

/** Signs in as one of the bench's owners and returns the cookie. */
export async function signIn(program: BenchProgram, email: string): Promise<string> {
  const answer = await fetch(`${program.url}/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: program.url },
    body: new URLSearchParams({ email, password: benchPeople.password }),
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  if (answer.status >= 400 || cookies.length === 0) throw new Error(`sign-in answered ${answer.status}`);
  return cookies.join("; ");
}

/** A page's HTML as a signed-in browser gets it; anything but 200 is a failed bench. */
export async function fetchPage(program: BenchProgram, cookie: string, path: string): Promise<string> {
  const answer = await fetch(`${program.url}${path}`, { headers: { cookie, accept: "text/html" }, redirect: "manual" });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  return answer.text();
}
