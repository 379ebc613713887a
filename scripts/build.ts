import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { markBuilt, sourceDigest } from "./build-stamp.ts";

/** `npm run build`: client and server bundles, and packed copies of the client's text files. */
const digest = sourceDigest();
rmSync("build", { recursive: true, force: true });
const run = spawnSync("react-router", ["build"], { stdio: "inherit", env: { ...process.env, NODE_ENV: "production" } });
if (run.status !== 0) process.exit(run.status ?? 1);
packClient(join("build", "client"));
markBuilt(digest);

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
