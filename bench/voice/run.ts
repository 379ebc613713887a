import { connect } from "#db/client.ts";
import { embeddedUrls } from "#db/embedded.ts";
import type { Figure } from "../figure.ts";
import { figure } from "../figure.ts";
import { describeMachine } from "../machine.ts";
import { writeSection } from "../performance-page.ts";
import { benchFolder } from "../place.ts";
import { startProgram } from "../program.ts";
import { printTable, tableOf } from "../report.ts";
import { callsAtOnce, callsMeasured, callsToWarmUp, mostMs } from "./place.ts";
import { prepareVoice } from "./prepare.ts";
import type { Heard } from "./speak.ts";
import { speak } from "./speak.ts";

/**
 * `npm run bench -- voice`: how long a caller hears silence while a voice agent's function is answered, over HTTP, with twenty
 * calls at once on the data of the goals. `--calls 100` makes it shorter; `--write` renews the section of docs/performance.md.
 */
const say = (line: string) => void process.stderr.write(`${line}\n`);
const given = process.argv.indexOf("--calls");
const calls = given === -1 ? callsMeasured : Number(process.argv[given + 1]);

const facts = await prepareVoice();
const program = await startProgram(benchFolder);
const owner = connect({ url: embeddedUrls(benchFolder)!.ownerUrl, max: 1 });
try {
  const machine = await describeMachine(owner);
  // Each run books other times than the one before.
  const from = Math.floor(Date.now() / 1_000) % 1_000_000;
  say(`${callsToWarmUp} calls to warm up …`);
  await inTurns(from, Math.min(calls, callsToWarmUp));
  say(`${calls} calls, ${callsAtOnce} at once …`);
  const heard = await inTurns(from + callsToWarmUp, calls);
  const figures = figuresOf(heard);
  printTable(figures);
  for (const { name, said } of heard.filter(({ failed }) => failed).slice(0, 5)) say(`${name}: ${said}`);
  if (process.argv.includes("--write")) writeSection("The voice agent's functions", sectionOf(figures, machine));
} finally {
  await owner.end();
  await program.stop();
}

/** Calls from a number on, so many at once; what was heard in all of them. */
async function inTurns(first: number, count: number): Promise<Heard[]> {
  const heard: Heard[] = [];
  let next = first;
  const line = async () => {
    while (next < first + count) heard.push(...(await speak(program.url, facts, next++)));
  };
  await Promise.all(Array.from({ length: callsAtOnce }, line));
  return heard;
}

function figuresOf(heard: readonly Heard[]): Figure[] {
  const rows = [...Map.groupBy(heard, ({ name }) => name)].flatMap(([name, answers]) => {
    const sorted = answers.map(({ ms }) => ms).toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
    const row = (share: number) => ({
      id: `voice.${name}.p${share * 100}`,
      label: `${name}, p${share * 100} of ${sorted.length}`,
      value: at(share),
      unit: "ms",
    });
    return [figure(row(0.5)), figure({ ...row(0.95), atMost: mostMs })];
  });
  const booked = heard.filter(({ name, said }) => name === "book_appointment" && said.startsWith("C'est noté")).length;
  const failed = heard.filter((one) => one.failed).length;
  return [
    ...rows,
    figure({ id: "voice.booked", label: "appointments made", value: booked, unit: "appointments", atLeast: 1 }),
    figure({ id: "voice.failed", label: "apologies instead of an answer", value: failed, unit: "answers", atMost: 0 }),
  ];
}

function sectionOf(figures: readonly Figure[], machine: readonly string[]): string {
  return `Measured by \`npm run bench -- voice\` on ${new Date().toISOString().slice(0, 10)}: from a function's post, signed as Vapi does, to its answer, in ${calls} calls,
${callsAtOnce} of them at once with about a second of speech between two functions, on the data of the goals with twenty members
whose time is half taken for fifty days. What a post brings is stored, and the event worked on, meanwhile. A caller hears silence for as
long, so that the slow ones count: p95.

${machine.map((line) => `- ${line}`).join("\n")}

${tableOf(figures)}
`;
}
