import type { BenchRun } from "../bench-run.ts";
import { cpuMs } from "../cpu.ts";
import type { Figure } from "../figure.ts";
import { figure, median } from "../figure.ts";
import type { Floor } from "../floor.ts";
import { startFloor } from "../floor.ts";
import type { Load } from "../load.ts";
import { load } from "../load.ts";
import { signedMessage } from "../posts.ts";

const seconds = 6;

/** P5: signed posts at 50 connections, acknowledged after their commit, against a bare batched insert of the same bytes. */
export async function intake(run: BenchRun): Promise<Figure[]> {
  const floor = await startFloor("insert", { FLOOR_URL: run.ownerUrl });
  try {
    await round(run, `${run.program.url}/webhooks/whatsapp`, 2);
    const mine: { load: Load; cpu: number }[] = [];
    const bare: { load: Load; cpu: number }[] = [];
    for (let turn = 0; turn < 3; turn++) {
      mine.push(await measured(run, run.program.pids, `${run.program.url}/webhooks/whatsapp`));
      await settled(run);
      bare.push(await measuredFloor(run, floor));
    }
    const at = (samples: { load: Load; cpu: number }[], of: (sample: { load: Load; cpu: number }) => number) =>
      median(samples.map(of));
    await checkNothingLost(run, mine);
    return [
      figure({
        id: "P5.rate",
        label: "posts acknowledged at 50 connections",
        value: at(mine, (one) => one.load.perSecond),
        unit: "posts/s",
        floor: at(bare, (one) => one.load.perSecond),
        atLeast: 3300,
      }),
      figure({
        id: "P5.p99",
        label: "acknowledgement, p99",
        value: at(mine, (one) => one.load.p99),
        unit: "ms",
        floor: at(bare, (one) => one.load.p99),
        atMost: 100,
      }),
      figure({
        id: "P5.cpu",
        label: "CPU per post, processing left out",
        value: at(mine, (one) => one.cpu),
        unit: "ms",
        floor: at(bare, (one) => one.cpu),
        ratioAtMost: 3,
      }),
    ];
  } finally {
    await floor.stop();
  }
}

async function measured(run: BenchRun, pids: readonly number[], url: string): Promise<{ load: Load; cpu: number }> {
  const before = cpuMs(pids);
  const result = await round(run, url, seconds);
  return { load: result, cpu: (cpuMs(pids) - before) / result.requests };
}

/** The floor's CPU is its own process and the database's. */
function measuredFloor(run: BenchRun, floor: Floor): Promise<{ load: Load; cpu: number }> {
  return measured(run, [floor.pid, run.program.pids[1]!], floor.url);
}

async function round(run: BenchRun, url: string, length: number): Promise<Load> {
  const { credentials } = run.facts;
  const result = await load({
    url,
    connections: 50,
    seconds: length,
    method: "POST",
    next: () => signedMessage(credentials),
  });
  if (result.failures > 0) throw new Error(`${result.failures} posts to ${new URL(url).pathname} failed`);
  return result;
}

/** Waits until every logged event is worked, so that the next round starts from rest. */
async function settled({ owner, facts }: BenchRun): Promise<void> {
  for (;;) {
    const waiting = await owner.begin(async (tx) => {
      await tx`select set_config('app.tenant_id', ${facts.tenantId}, true)`;
      const [row] = await tx`select count(*)::int as count from webhook_logs where status in ('received', 'retrying')`;
      return row?.count as number;
    });
    if (waiting === 0) return;
    await new Promise((done) => setTimeout(done, 200));
  }
}

async function checkNothingLost(run: BenchRun, rounds: { load: Load }[]): Promise<void> {
  const acknowledged = rounds.reduce((sum, one) => sum + one.load.requests, 0);
  const [row] = await run.owner.begin(async (tx) => {
    await tx`select set_config('app.tenant_id', ${run.facts.tenantId}, true)`;
    return tx`select count(*)::int as count from messages where external_id not like 'wamid.bench.%'`;
  });
  if ((row?.count as number) < acknowledged)
    throw new Error(`${acknowledged} posts were acknowledged and ${row?.count} messages written`);
}
