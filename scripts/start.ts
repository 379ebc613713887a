import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Config } from "#server/core/config.ts";
import { configFrom, readSettings } from "#server/core/config.ts";
import { isBuilt } from "./build-stamp.ts";
import { openDatabase, prepareDatabase } from "./open-database.ts";
import { printWelcome } from "./welcome.ts";

/** `npm start`: build when needed, database, migrations, demo data, then the program in this process. */
process.env.NODE_ENV ??= "production";
const say = (sentence: string) => void process.stdout.write(`${sentence}\n`);
const undo: (() => Promise<unknown>)[] = [];
let ending: Promise<void> | undefined;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0));

try {
  const settings = readSettings(process.env);
  await refuseBusyPort(settings.PORT, settings.HOST);
  const opening = openDatabase(settings, say);
  // A signal while it starts still stops it.
  undo.push(async () => (await opening).close());
  const [database] = await Promise.all([opening, buildWhenNeeded()]);
  const config = configFrom(settings, database.embedded);
  await prepareDatabase(config, say);
  const program = await loadProgram();
  const running = await program.start({ config });
  undo.push(running.stop);
  await printWelcome(config, running, say);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await end(1);
}

/** Checked before anything is started; the program's own listening checks again. */
function refuseBusyPort(port: number, host: string | undefined): Promise<void> {
  return new Promise((done, refuse) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      refuse(
        new Error(
          error.code === "EADDRINUSE"
            ? `port ${port} is in use: stop what uses it, or set PORT to another one`
            : `cannot listen on port ${port}: ${error.message}`,
        ),
      ),
    );
    probe.listen(port, host, () => probe.close(() => done()));
  });
}

async function buildWhenNeeded(): Promise<void> {
  if (isBuilt()) return;
  say("building …");
  const child = spawn(process.execPath, ["scripts/build.ts"], { stdio: ["ignore", "pipe", "pipe"] });
  undo.push(async () => child.kill());
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => output.push(piece));
  const code = await new Promise((done) => child.once("exit", done));
  if (code !== 0) throw new Error(`${Buffer.concat(output).toString()}\nthe build failed`);
}

async function loadProgram(): Promise<{
  start(options: { config: Config }): Promise<{ url: string; setupUrl: string | null; stop(): Promise<void> }>;
}> {
  return import(pathToFileURL(resolve("build/server/index.js")).href);
}

function end(code: number): Promise<void> {
  ending ??= (async () => {
    for (const step of undo.toReversed()) await step().catch(() => undefined);
    process.exit(code);
  })();
  return ending;
}
