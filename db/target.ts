import { resolve } from "node:path";
import { startEmbedded } from "./embedded.ts";

/** The database that a command works on. */
export interface Target {
  embedded: boolean;
  ownerUrl: string;
  appUrl: string;
  /** The embedded database's folder; empty for a server. */
  dataFolder: string;
  /** `ENCRYPTION_KEY`, or the embedded database's own. */
  encryptionKey: string;
}

/**
 * Runs a command on the database of the environment: `DATABASE_URL` with `DATABASE_OWNER_URL`, else
 * the embedded one, started for the command when it does not run already.
 */
export async function withTarget<T>(work: (target: Target) => Promise<T>): Promise<T> {
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, ENCRYPTION_KEY: encryptionKey } = process.env;
  if (appUrl) {
    if (!ownerUrl) throw new Error("DATABASE_OWNER_URL is needed beside DATABASE_URL: the owner's connection string");
    return work({ embedded: false, ownerUrl, appUrl, dataFolder: "", encryptionKey: encryptionKey ?? "" });
  }
  const folder = embeddedFolder();
  const database = await startEmbedded({ folder });
  try {
    return await work({
      embedded: true,
      ownerUrl: database.ownerUrl,
      appUrl: database.appUrl,
      dataFolder: folder,
      encryptionKey: encryptionKey ?? database.encryptionKey,
    });
  } finally {
    if (database.startedHere) await database.stop();
  }
}

export function embeddedFolder(): string {
  return resolve(process.env.GUICHET_DATA ?? ".data");
}

/** Runs a command's work; a failure is one line and exit code 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** True when the command was given `--name`. */
export function hasFlag(name: string): boolean {
  return process.argv.includes(`--${name}`);
}
