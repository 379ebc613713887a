import { configFrom, readSettings } from "#server/core/config.ts";
import { isDatabaseAway } from "#db/database-away.ts";
import { start } from "#server/main.ts";
import { openDatabase, prepareDatabase } from "./open-database.ts";
import { printWelcome } from "./welcome.ts";

/** The built program, whole: database, migrations, demo data, serving, and a clean end on a signal. */
const say = (sentence: string) => void process.stdout.write(`${sentence}\n`);
const undo: (() => Promise<unknown>)[] = [];
let ending: Promise<void> | undefined;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0));

try {
  const settings = readSettings(process.env);
  const opening = openDatabase(settings, say);
  // A signal while it starts still stops it.
  undo.push(async () => (await opening).close());
  const config = configFrom(settings, (await opening).embedded);
  await prepareDatabase(config, say);
  await ending;
  const starting = start({ config });
  // What is half started is stopped once it stands: its workers would lose the database under them.
  undo.push(async () => (await starting).stop());
  await printWelcome(config, await starting, say);
} catch (error) {
  // Told to stop, it may well fail at what it was doing.
  if (!ending) process.stderr.write(`${sentenceOf(error)}\n`);
  await end(1);
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const url = process.env.DATABASE_URL;
  return url && isDatabaseAway(error) ? `the database cannot be reached at ${new URL(url).host}: ${message}` : message;
}

function end(code: number): Promise<void> {
  ending ??= (async () => {
    for (const step of undo.toReversed()) await step().catch(() => undefined);
    process.exit(code);
  })();
  return ending;
}
