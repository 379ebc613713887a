import { runProgram } from "./program.ts";

/**
 * Starts the program with the demo tenants for all browser tests, and names its address in GUICHET_URL and its
 * folder in GUICHET_TEST_DATA. Ends it and removes its folder afterwards. A GUICHET_URL that is set already is used
 * as it is. GUICHET_TEST_RUN is where the telephone numbers of this run begin.
 */
export default async function startProgram(): Promise<() => Promise<void>> {
  process.env.GUICHET_TEST_RUN = String(Math.floor(Math.random() * 9_000));
  if (process.env.GUICHET_URL) return async () => undefined;
  const program = await runProgram({ LOG_LEVEL: "warn" });
  process.env.GUICHET_URL = program.url;
  process.env.GUICHET_TEST_DATA = program.dataFolder;
  return async () => {
    await program.dispose();
    if (program.output.includes('"level":')) process.stderr.write(program.output);
  };
}
