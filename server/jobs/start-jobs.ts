import { setTimeout as wait } from "node:timers/promises";
import { PgBoss } from "pg-boss";
import type { Clock } from "#server/core/clock.ts";
import { systemClock } from "#server/core/clock.ts";
import { log } from "#server/core/log.ts";
import { deadLetterQueue } from "./dead-jobs.ts";
import type { Job, Periodic } from "./define-job.ts";
import { makeQueue } from "./enqueue.ts";

export interface StartJobsOptions {
  /** Never through a transaction pooler: workers are woken by LISTEN. */
  directUrl: string;
  jobs: readonly Job[];
  periodic: readonly Periodic[];
  clock?: Clock;
}

export interface RunningJobs {
  /** null when jobs are worked on; else what is wrong, in a few words. */
  check(): Promise<string | null>;
  /** Lets what is under way finish (at most 20 s), takes nothing new. */
  stop(): Promise<void>;
}

/** Works on the queues in this process, and does the periodic work. pg-boss's schema must be installed. */
export async function startJobs({
  directUrl,
  jobs,
  periodic,
  clock = systemClock,
}: StartJobsOptions): Promise<RunningJobs> {
  const boss = new PgBoss({
    connectionString: directUrl,
    schema: "pgboss",
    application_name: "guichet-jobs",
    max: 4,
    migrate: false,
    schedule: false,
    useListenNotify: true,
    reindex: false,
    monitorVacuum: false,
  });
  boss.on("error", (error) => log.warn({ err: error }, "jobs: the database did not answer"));
  await boss.start();
  const stopping = new AbortController();
  try {
    for (const job of jobs) await workOn(boss, job, clock);
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
  const beats = periodic.map((work) => beat(work, { clock, signal: stopping.signal }));
  return {
    check: async () => {
      if (stopping.signal.aborted) return "stopping";
      await boss.getDb().executeSql("select 1");
      const idle = boss.getWipData().filter((worker) => worker.state === "stopped");
      return idle.length === 0 ? null : `not working on ${idle.map((worker) => worker.name).join(", ")}`;
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([...beats, boss.stop({ graceful: true, timeout: 20_000 })]);
    },
  };
}

async function workOn(boss: PgBoss, job: Job, clock: Clock): Promise<void> {
  await makeQueue(boss, job.queue);
  // One that an earlier Guichet made knows no dead letters.
  await boss.updateQueue(job.queue.name, { deadLetter: deadLetterQueue });
  const workers: string[] = [];
  for (let place = 0; place < job.concurrency; place++) {
    const options = { ...(place === 0 ? first(job) : behind), localConcurrency: 1, batchSize: 1 };
    workers[place] = await boss.work<unknown>(job.queue.name, options, async (taken) => {
      // Where one was there may be more, and pg-boss would rest first: the next worker looks, and this one again.
      const next = workers[place + 1];
      if (next) boss.notifyWorker(next);
      try {
        for (const { data, signal } of taken) await job.run(data, { clock, signal });
      } catch (error) {
        log.warn({ err: error, queue: job.queue.name }, "job failed and will be tried again");
        throw error;
      } finally {
        boss.notifyWorker(workers[place]!);
      }
    });
  }
}

/** New jobs wake every worker of their queue; whose time comes later, nobody says: the first worker looks for those. */
function first({ pollSeconds }: Job) {
  return { pollingIntervalSeconds: Math.min(2, pollSeconds), notifyPollingIntervalSeconds: pollSeconds };
}

/** The others, for when LISTEN is not heard. */
const behind = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 60 };

async function beat(work: Periodic, run: { clock: Clock; signal: AbortSignal }): Promise<void> {
  while (!run.signal.aborted) {
    try {
      await work.run(run);
    } catch (error) {
      if (!run.signal.aborted) log.warn({ err: error, work: work.name }, "periodic work failed; it comes again");
    }
    await wait(work.everyMs * (0.9 + Math.random() / 5), undefined, { signal: run.signal, ref: false }).catch(
      () => undefined,
    );
  }
}
