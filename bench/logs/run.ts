import { readFileSync } from "node:fs";
import superjson from "superjson";
import { connect } from "#db/client.ts";
import { embeddedUrls } from "#db/embedded.ts";
import { cpuMs } from "../cpu.ts";
import type { Figure } from "../figure.ts";
import { figure, median } from "../figure.ts";
import { describeServer } from "../machine.ts";
import type { Subject } from "../measure-pages.ts";
import { ask, cpuPerRequest } from "../measure-pages.ts";
import { writeSection } from "../performance-page.ts";
import type { BenchProgram } from "../program.ts";
import { signIn, startProgram } from "../program.ts";
import { printTable, tableOf } from "../report.ts";
import type { LogsFacts } from "./place.ts";
import { logDays, logEvents, logsAdmin, logsFacts, logsFolder } from "./place.ts";
import type { Question } from "./questions.ts";
import { questionsOf } from "./questions.ts";

/**
 * `npm run bench -- logs`: CPU of the program and its PostgreSQL for every question that an admin may ask of
 * five million events, by the product's own procedures. `--only chart` measures what has that in its id;
 * `--write` renews the section of docs/performance.md.
 */
const mostMs = 150;
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1]! : "";
const say = (line: string) => void process.stderr.write(`${line}\n`);

const program = await startProgram(logsFolder);
const owner = connect({ url: embeddedUrls(logsFolder)!.ownerUrl, max: 1 });
try {
  const facts = JSON.parse(readFileSync(logsFacts, "utf8")) as LogsFacts;
  const data = await describeData();
  const machine = await describeServer(owner);
  const headers = { cookie: await signIn(program, logsAdmin), "x-guichet-tenant": "large" };
  await quiet(program);
  const figures = [...(await single(questionsOf(facts), headers)), ...(await deep(headers))];
  printTable(figures);
  if (process.argv.includes("--write") && !only)
    writeSection("The webhook log", sectionOf(figures, [...machine, data]));
} finally {
  await owner.end();
  await program.stop();
}

/** What is measured on; refuses data that are not whole. */
async function describeData(): Promise<string> {
  const [log] = await owner<{ partitions: number; events: number; size: string }[]>`
    select count(*)::int as partitions, sum(reltuples)::int as events, pg_size_pretty(sum(pg_total_relation_size(oid))) as size
      from pg_class where relname ~ '^webhook_logs_[0-9]{8}$' and reltuples > 0`;
  if (!log || log.partitions < logDays || log.events < logEvents * 0.99)
    throw new Error(`${log?.events} events in ${log?.partitions} partitions: remove ${logsFolder} and seed again`);
  return `${log.events.toLocaleString("en")} events in ${log.partitions} partitions, ${log.size} with their indexes: 4,600,000 of one tenant, the rest of a hundred small ones`;
}

/** Waits until what the program does at its start is done. */
async function quiet({ pids }: BenchProgram): Promise<void> {
  for (let calm = 0; calm < 3;) {
    const before = cpuMs(pids);
    await new Promise((done) => setTimeout(done, 1_000));
    calm = cpuMs(pids) - before <= 30 ? calm + 1 : 0;
  }
}

function subjectOf({ procedure, input }: Pick<Question, "procedure" | "input">, headers: Subject["headers"]): Subject {
  const asked = encodeURIComponent(superjson.stringify(input));
  return { url: `${program.url}/trpc/webhookLogs.${procedure}?input=${asked}`, pids: program.pids, headers: headers! };
}

/** Each question alone: what its request costs once the connections know its statements, and the dearest before that. */
async function single(questions: readonly Question[], headers: Subject["headers"]): Promise<Figure[]> {
  const figures: Figure[] = [];
  const first = { value: 0, label: "" };
  for (const question of questions.filter(({ id }) => id.includes(only))) {
    const subject = subjectOf(question, headers);
    const before = cpuMs(program.pids);
    await ask(subject, 1);
    const once = cpuMs(program.pids) - before;
    if (once > first.value) Object.assign(first, { value: once, label: question.label });
    const value = await steadyCpu(subject);
    say(`${question.label}: ${value.toFixed(1)} ms, ${once} the first time`);
    figures.push(figure({ id: question.id, label: question.label, value, unit: "ms", atMost: mostMs }));
  }
  const label = `the dearest when asked for the first time (${first.label})`;
  return [...figures, figure({ id: "logs.first", label, value: first.value, unit: "ms", atMost: mostMs })];
}

/** As many requests a round as half a second takes: CPU is counted in ticks of ten milliseconds. */
async function steadyCpu(subject: Subject): Promise<number> {
  const began = performance.now();
  let asked = 0;
  while (asked < 60 && performance.now() - began < 3_000) {
    await ask(subject, 1);
    asked++;
  }
  const requests = Math.max(2, Math.min(60, Math.round((asked * 500) / (performance.now() - began))));
  const rounds: number[] = [];
  for (let round = 0; round < 5; round++) {
    const before = cpuMs(subject.pids);
    await ask(subject, requests);
    rounds.push((cpuMs(subject.pids) - before) / requests);
  }
  return median(rounds);
}

/** Page 800 against page 1 of the same list, in turns. */
async function deep(headers: Subject["headers"]): Promise<Figure[]> {
  const lists = {
    "": {},
    "status of most": { status: ["processed"] },
    "type of most": { type: "status" },
    "provider of most": { provider: "whatsapp" },
  };
  const figures: Figure[] = [];
  for (const [name, filter] of Object.entries(lists)) {
    const id = `logs.page-800${name && "."}${name.replaceAll(" ", "-")}`;
    if (!id.includes(only)) continue;
    const after = await placeOfPage(800, filter, headers);
    const subject = (input: object) => subjectOf({ procedure: "list", input }, headers);
    const [first, last] = await cpuPerRequest([subject(filter), subject({ ...filter, after })], {
      warmUp: 60,
      requests: 60,
    });
    const label = `page 800 of the list${name && `, ${name}`}`;
    say(`${label}: ${last!.toFixed(2)} ms, page 1 ${first!.toFixed(2)} ms`);
    figures.push(figure({ id, label, value: last!, unit: "ms", floor: first!, ratioAtMost: 1.1 }));
  }
  return figures;
}

/** Walks the list as its « next » links do. */
async function placeOfPage(page: number, filter: object, headers: Subject["headers"]): Promise<string> {
  let after: string | undefined;
  for (let at = 1; at < page; at++) {
    const { url } = subjectOf({ procedure: "list", input: { ...filter, after } }, headers);
    const answer = await fetch(url, { headers: headers! });
    const { result } = (await answer.json()) as { result: { data: { json: { next: string | null } } } };
    after = result.data.json.next ?? undefined;
    if (!after) throw new Error(`page ${at} has no next page`);
  }
  return after!;
}

function sectionOf(figures: readonly Figure[], machine: readonly string[]): string {
  return `Measured by \`npm run bench -- logs\` on ${new Date().toISOString().slice(0, 10)}: CPU of the program and its PostgreSQL together, per request
to the procedure that the page asks, signed in as an admin; the median of five rounds. Floor of a page 800: page 1 of the same list.

${machine.map((line) => `- ${line}`).join("\n")}

${tableOf(figures)}
`;
}
