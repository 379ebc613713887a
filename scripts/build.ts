import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { isBuilt, markBuilt, sourceDigest } from "./build-stamp.ts";

const lock = join(".cache", "build.lock");
const abandonedMs = 180_000;

/** `npm run build`: client and server bundles, and packed copies of the client's text files. */
const waited = await takeTurn();
try {
  if (!waited || !isBuilt()) build();
} finally {
  rmSync(lock, { recursive: true, force: true });
}

/** Two builds at once would delete each other's files: the second waits, and finds its work done. */
async function takeTurn(): Promise<boolean> {
  mkdirSync(".cache", { recursive: true });
  for (let waits = 0; ; waits += 1) {
    try {
      mkdirSync(lock);
      return waits > 0;
    } catch {
      const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() - since > abandonedMs) rmSync(lock, { recursive: true, force: true });
      else await wait(200);
    }
  }
}

function build(): void {
  const digest = sourceDigest();
  rmSync("build", { recursive: true, force: true });
  const run = spawnSync("react-router", ["build"], {
    stdio: "inherit",
    env: {
      ...process.env,
      NODE_ENV: "production",
      PATH: `${resolve("node_modules/.bin")}${delimiter}${process.env.PATH}`,
    },
  });
  process.exitCode = run.status ?? 1;
  if (run.status !== 0) return;
  packClient(join("build", "client"));
  markBuilt(digest);
}

function packClient(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|svg|json|webmanifest|txt)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path);
    if (text.length < 1_024) continue;
    writeFileSync(`${path}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
  }
}
