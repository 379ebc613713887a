import type { ServerBuild } from "react-router";
import { createServer } from "vite";
import { configFrom, readSettings } from "#server/core/config.ts";
import { openDatabase, prepareDatabase } from "./open-database.ts";
import { printWelcome } from "./welcome.ts";

type Program = typeof import("#server/main.ts");

/** `npm run dev`: the same program with Vite in it; started again when code of the server changes. */
const say = (sentence: string) => void process.stdout.write(`${sentence}\n`);
const settings = readSettings(process.env);
const database = await openDatabase(settings, say);
const config = configFrom(settings, database.embedded);
const vite = await createServer({ server: { middlewareMode: true }, appType: "custom" });
let running: Awaited<ReturnType<Program["start"]>> | undefined;
let turn = Promise.resolve();

await prepareDatabase(config, say);
await (turn = restart());
if (running) await printWelcome(config, running, say);

let timer: NodeJS.Timeout | undefined;
vite.watcher.on("change", (path) => {
  if (!/[/\\](server|db)[/\\].*\.(ts|sql)$/.test(path) || path.endsWith(".test.ts")) return;
  clearTimeout(timer);
  timer = setTimeout(() => void (turn = turn.then(restart)), 100);
});
// Vite's own listener would end the process before the database is stopped.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.removeAllListeners(signal).once(signal, () => void end());
}

async function restart(): Promise<void> {
  try {
    await running?.stop();
    running = undefined;
    await prepareDatabase(config, say);
    const program = (await vite.ssrLoadModule("/server/main.ts")) as Program;
    const build = () => vite.ssrLoadModule("virtual:react-router/server-build") as Promise<ServerBuild>;
    running = await program.start({ config, pages: { build, development: true }, before: vite.middlewares });
  } catch (error) {
    vite.ssrFixStacktrace(error as Error);
    say(String((error as Error).stack));
  }
}

async function end(): Promise<void> {
  await turn;
  await running?.stop();
  await vite.close();
  await database.close();
  process.exit(0);
}
