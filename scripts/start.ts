import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readSettings } from "#server/core/config.ts";
import { isBuilt } from "./build-stamp.ts";

/**
 * `npm start`: checks what can be checked before anything is started, builds when sources have changed,
 * and becomes the built program: the process stays, without the memory that reading TypeScript took.
 */
try {
  const settings = readSettings(process.env);
  await refuseBusyPort(settings.PORT, settings.HOST);
  if (!isBuilt()) await build();
  const program = resolve("build", "server", "index.js");
  process.env.NODE_ENV ??= "production";
  // Where a process cannot be replaced (Windows) the program is loaded into this one.
  if (process.execve) {
    // The C library keeps some of what is free for each of its threads: two such stores do. A smaller nursery and a heap that
    // grows by half would take half the memory under load, for a tenth more work of the processors at every post and page.
    process.env.MALLOC_ARENA_MAX ??= "2";
    process.execve(process.execPath, [process.execPath, program], process.env);
  } else await import(pathToFileURL(program).href);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** The program's own listening checks again. */
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

async function build(): Promise<void> {
  process.stdout.write("building …\n");
  const child = spawn(process.execPath, ["scripts/build.ts"], { stdio: ["ignore", "pipe", "pipe"] });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => output.push(piece));
  const end = () => {
    child.kill();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, end);
  const code = await new Promise((done) => child.once("exit", done));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(signal, end);
  if (code !== 0) throw new Error(`${Buffer.concat(output).toString()}\nthe build failed`);
}
