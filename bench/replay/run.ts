import { loadavg } from "node:os";
import superjson from "superjson";
import { connect } from "#db/client.ts";
import { embeddedUrls } from "#db/embedded.ts";
import type { Figure } from "../figure.ts";
import { figure } from "../figure.ts";
import { describeServer } from "../machine.ts";
import { writeSection } from "../performance-page.ts";
import { signedMessage } from "../posts.ts";
import { signIn, startProgram } from "../program.ts";
import { printTable, tableOf } from "../report.ts";
import { asTenant, settled } from "./as-tenant.ts";
import type { Latencies } from "./latencies.ts";
import { latenciesOf } from "./latencies.ts";
import { makeShops } from "./make-shops.ts";
import { idleSeconds, livePosts, mostSeconds, replayAdmin, replayed, replayFolder } from "./place.ts";
import type { Sent } from "./steady-posts.ts";
import { steadyPosts } from "./steady-posts.ts";
import { countDifferences, countMessages } from "./totals.ts";
import { writePast } from "./write-past.ts";

/**
 * `npm run bench -- replay`: what a replay of 50,000 events does to the posts that arrive meanwhile, half of them for the
 * tenant that replays and half for another. `--write` renews the section of docs/performance.md.
 */
const say = (line: string) => void process.stderr.write(`${line}\n`);
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

say("two shops …");
const shops = await makeShops();
const [mine, other] = shops;
const program = await startProgram(replayFolder);
const owner = connect({ url: embeddedUrls(replayFolder)!.ownerUrl, max: 2 });
const webhook = `${program.url}/webhooks/whatsapp`;
try {
  const machine = await describeServer(owner);
  say(`${replayed} events to replay …`);
  await writePast(owner, webhook, mine, other);
  const cookie = await signIn(program, replayAdmin);
  const loads = [loadavg()[0]!];
  say("live posts alone …");
  const idle = () => livePhase(() => pause(idleSeconds * 1_000));
  await livePhase(() => pause(5_000));
  const before = await idle();
  say("live posts, and the replay …");
  const counted = await Promise.all(shops.map((shop) => countMessages(owner, shop)));
  let seconds = 0;
  const during = await livePhase(async () => {
    seconds = await replay(cookie);
  });
  // Posts go to the two in turns, the first to the other.
  const wrong =
    (await countDifferences(owner, mine, counted[0]!.messages + Math.floor(during.length / 2) + replayed / 2)) +
    (await countDifferences(owner, other, counted[1]!.messages + Math.ceil(during.length / 2)));
  say("live posts alone again …");
  const after = await idle();
  loads.push(loadavg()[0]!);
  const latencies = (sent: readonly Sent[]) => latenciesOf(owner, shops, sent);
  const figures = figuresOf(await latencies([...before, ...after]), await latencies(during), seconds, wrong);
  printTable(figures);
  const shared = `load average ${loads.map((one) => one.toFixed(1)).join(" before and ")} after, on ${new Date().toISOString().slice(0, 10)}`;
  say(shared);
  if (process.argv.includes("--write"))
    writeSection("A replay beside live posts", sectionOf(figures, [...machine, shared]));
} finally {
  await owner.end();
  await program.stop();
}

/** Posts to both shops while something goes on, until all is worked; what was sent. */
async function livePhase(work: () => Promise<void>): Promise<readonly Sent[]> {
  let count = 0;
  const next = () => signedMessage((count++ % 2 ? mine : other).channel.credentials);
  const posts = steadyPosts(webhook, livePosts, next);
  await work();
  await posts.stop();
  for (const shop of shops) await settled(owner, shop);
  const refused = posts.sent.filter((one) => one.acknowledgedMs === null).length;
  if (refused > 0) throw new Error(`${refused} of ${posts.sent.length} live posts were not acknowledged`);
  return posts.sent;
}

/** Starts the replay as a signed-in admin does and waits for its end; the seconds it took. */
async function replay(cookie: string): Promise<number> {
  const answer = await fetch(`${program.url}/trpc/webhookLogs.startReplay`, {
    method: "POST",
    headers: { cookie, origin: program.url, "content-type": "application/json", "x-guichet-tenant": mine.slug },
    body: superjson.stringify({ status: ["failed", "ignored"] }),
  });
  if (!answer.ok) throw new Error(`the replay was not started: ${answer.status} ${await answer.text()}`);
  const began = performance.now();
  for (;;) {
    await pause(500);
    const [row] = await asTenant(owner, mine, (tx) => tx`select status, replayed from webhook_replays`);
    const seconds = (performance.now() - began) / 1_000;
    if (row?.status === "done" && row.replayed === replayed) return seconds;
    if (row?.status === "done") throw new Error(`${row.replayed} events were replayed`);
    if (seconds > mostSeconds) throw new Error(`after ${mostSeconds} s ${row?.replayed} events were replayed`);
  }
}

function figuresOf(idle: Latencies, during: Latencies, seconds: number, wrong: number): Figure[] {
  const labels: Record<keyof Latencies, string> = {
    answered: "post to its answer",
    bench: "post to its work done, tenant that replays",
    other: "post to its work done, another tenant",
  };
  const rows = (Object.keys(labels) as (keyof Latencies)[]).flatMap((name) => {
    const row = (at: "p50" | "p99") => ({
      id: `replay.${name}.${at}`,
      label: `${labels[name]}, ${at}`,
      value: during[name][at],
      unit: "ms",
      floor: idle[name][at],
    });
    return [figure(row("p50")), figure({ ...row("p99"), ratioAtMost: 2 })];
  });
  return [
    ...rows,
    figure({ id: "replay.rate", label: "events replayed meanwhile", value: replayed / seconds, unit: "events/s" }),
    figure({
      id: "replay.wrong",
      label: "totals that counting finds otherwise",
      value: wrong,
      unit: "totals",
      atMost: 0,
    }),
  ];
}

function sectionOf(figures: readonly Figure[], machine: readonly string[]): string {
  return `Measured by \`npm run bench -- replay\`. An admin replays ${replayed.toLocaleString("en")} events, half of them without effect so far and
half with their effect already there, while ${livePosts} posts a second arrive, half for the same tenant and half for another. The
floor is the same posts without a replay, for ${idleSeconds} s before it and ${idleSeconds} s after it.

${machine.map((line) => `- ${line}`).join("\n")}

${tableOf(figures)}
`;
}
