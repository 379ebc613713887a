import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const inputs = [
  "app",
  "server",
  "db",
  "public",
  "scripts/serve.ts",
  "scripts/open-database.ts",
  "scripts/welcome.ts",
  "package.json",
  "package-lock.json",
  "vite.config.ts",
  "react-router.config.ts",
];
const stamp = join("build", "stamp");

/** A digest of everything that the build reads. Tests and SQL are left out: neither ends up in it. */
export function sourceDigest(): string {
  const hash = createHash("sha256").update(process.version);
  for (const path of inputs.flatMap(filesOf).toSorted()) hash.update(path).update("\0").update(readFileSync(path));
  return hash.digest("hex");
}

export function isBuilt(): boolean {
  return (
    existsSync(join("build", "server", "index.js")) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === sourceDigest()
  );
}

export function markBuilt(digest: string): void {
  writeFileSync(stamp, digest);
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|\.sql$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
