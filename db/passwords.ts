import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Passwords of the embedded server's three sign-ins. */
export interface Passwords {
  superuser: string;
  owner: string;
  app: string;
}

/** Reads `passwords.json` of the data folder, making it (mode 0600) when there is none. */
export function readOrMakePasswords(folder: string): Passwords {
  const path = join(folder, "passwords.json");
  if (!existsSync(path)) {
    const fresh: Passwords = { superuser: word(), owner: word(), app: word() };
    writeSecret(folder, "passwords.json", JSON.stringify(fresh, null, 2));
  }
  return JSON.parse(readFileSync(path, "utf8")) as Passwords;
}

/** The embedded database's own `ENCRYPTION_KEY` (32 bytes in base64), made once, mode 0600. */
export function readOrMakeEncryptionKey(folder: string): string {
  const path = join(folder, "encryption.key");
  if (!existsSync(path)) writeSecret(folder, "encryption.key", randomBytes(32).toString("base64"));
  return readFileSync(path, "utf8").trim();
}

function writeSecret(folder: string, name: string, value: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `${value}\n`, { mode: 0o600, flag: "wx" });
}

function word(): string {
  return randomBytes(24).toString("base64url");
}
