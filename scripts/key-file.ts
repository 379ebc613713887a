import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { readKeyRing } from "#server/core/crypto.ts";

const name = "encryption.key";

/** Puts a new key in front of the embedded database's own; one that an interrupted rotation put there is kept. */
export function beginRotation(folder: string): string {
  const text = readFileSync(join(folder, name), "utf8").trim();
  const { keys, current } = readKeyRing(text);
  if (keys.size > 1) return text;
  const next = `k${Number(/^k(\d+)$/.exec(current)?.[1] ?? 0) + 1}`;
  const old = text.includes(":") ? text : `${current}:${text}`;
  return keep(folder, `${next}:${randomBytes(32).toString("base64")},${old}`);
}

/** Forgets every key but the first. */
export function endRotation(folder: string): void {
  const text = readFileSync(join(folder, name), "utf8").trim();
  keep(folder, text.split(",", 1)[0] ?? text);
}

/** Written beside its place, flushed, and moved there whole: a crash leaves the one or the other. */
function keep(folder: string, text: string): string {
  const beside = join(folder, `${name}.new`);
  const file = openSync(beside, "w", 0o600);
  writeSync(file, `${text}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(beside, join(folder, name));
  return text;
}
