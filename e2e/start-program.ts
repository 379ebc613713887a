import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/**
 * Starts the program as `npm start` does, on a data folder of its own with the demo tenants, and names
 * its address in GUICHET_URL. Ends it and removes the folder afterwards. A GUICHET_URL that is set
 * already is used as it is.
 */
export default async function startProgram(): Promise<() => Promise<void>> {
  if (process.env.GUICHET_URL) return async () => undefined;
  const folder = mkdtempSync(join(tmpdir(), "guichet-e2e-"));
  const program = spawn(process.execPath, ["scripts/start.ts"], {
    env: { ...process.env, PORT: "0", GUICHET_DATA: join(folder, ".data"), LOG_LEVEL: "warn", DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = async () => {
    if (program.exitCode === null && program.signalCode === null) {
      program.kill("SIGTERM");
      await once(program, "exit");
    }
    rmSync(folder, { recursive: true, force: true });
  };
  for await (const line of createInterface(program.stdout)) {
    const url = /^Guichet is open at (\S+)/.exec(line)?.[1];
    if (!url) continue;
    process.env.GUICHET_URL = url;
    program.stdout.resume();
    return stop;
  }
  await stop();
  throw new Error("the program did not start");
}
