import { channelNotice } from "#db/channel-notices.ts";
import type { BenchRun } from "../bench-run.ts";
import { cpuMs } from "../cpu.ts";
import type { Figure } from "../figure.ts";
import { figure, median } from "../figure.ts";
import { startFloor } from "../floor.ts";
import type { Load } from "../load.ts";
import { load } from "../load.ts";
import { signedMessage } from "../posts.ts";

const seconds = 6;

/**
 * P5: signed posts at 50 connections, acknowledged after their commit, against a bare batched insert of the
 * same bytes. The rate is taken with everything on: the same process works the events meanwhile. The CPU of
 * intake alone (HMAC, routing, log row) is taken on a paused channel, whose events are logged and not worked.
 */
export async function intake(run: BenchRun): Promise<Figure[]> {
  const floor = await startFloor("insert", { FLOOR_URL: run.ownerUrl });
  const url = `${run.program.url}/webhooks/whatsapp`;
  const mine: Sample[] = [];
  const paused: Sample[] = [];
  const bare: Sample[] = [];
  try {
    await round(run, url, 2);
    for (let turn = 0; turn < 3; turn++) {
      await settled(run);
      mine.push(await measured(run, run.program.pids, url));
      await settled(run);
      await setPaused(run, true);
      paused.push(await measured(run, run.program.pids, url));
      await setPaused(run, false);
      // The floor's CPU is its own process and the database's.
      bare.push(await measured(run, [floor.pid, run.program.pids[1]!], floor.url));
    }
    await settled(run);
    await checkNothingLost(run, mine);
  } finally {
    await setPaused(run, false);
    await floor.stop();
  }
  const at = (samples: Sample[], of: (sample: Sample) => number) => median(samples.map(of));
  const rate = (sample: Sample) => sample.load.perSecond;
  const p99 = (sample: Sample) => sample.load.p99;
  const cpu = (sample: Sample) => sample.cpu;
  return [
    figure({
      id: "P5.rate",
      label: "posts acknowledged at 50 connections, worked meanwhile",
      value: at(mine, rate),
      unit: "posts/s",
      floor: at(bare, rate),
      atLeast: 3300,
    }),
    figure({
      id: "P5.p99",
      label: "acknowledgement, p99",
      value: at(mine, p99),
      unit: "ms",
      floor: at(bare, p99),
      atMost: 100,
    }),
    figure({
      id: "P5.cpu",
      label: "CPU per post: HMAC, routing, log row",
      value: at(paused, cpu),
      unit: "ms",
      floor: at(bare, cpu),
      ratioAtMost: 3,
    }),
    figure({
      id: "P5.alone",
      label: "posts acknowledged at 50 connections, only logged",
      value: at(paused, rate),
      unit: "posts/s",
      floor: at(bare, rate),
      atLeast: 3300,
    }),
  ];
}

interface Sample {
  load: Load;
  cpu: number;
}

/** As an admin pauses a channel: the change, then the notice that intake listens to. */
async function setPaused({ owner, facts }: BenchRun, isPaused: boolean): Promise<void> {
  await owner.begin(async (tx) => {
    await tx`select set_config('app.tenant_id', ${facts.tenantId}, true)`;
    await tx`update channel_configurations set enabled = ${!isPaused} where id = ${facts.channelId}`;
    await tx`select pg_notify(${channelNotice}, '')`;
  });
  await new Promise((done) => setTimeout(done, 200));
}

async function measured(run: BenchRun, pids: readonly number[], url: string): Promise<Sample> {
  const before = cpuMs(pids);
  const result = await round(run, url, seconds);
  return { load: result, cpu: (cpuMs(pids) - before) / result.requests };
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
