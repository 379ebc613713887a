import type { Clock } from "#server/core/clock.ts";
import type { Queue } from "./define-queue.ts";

/** What a handler knows of its run. `signal` is aborted when the program stops or the job expires. */
export interface Run {
  clock: Clock;
  signal: AbortSignal;
}

export interface JobOptions<T extends object> {
  queue: Queue<T>;
  /** Jobs of this queue under way at once in one process. */
  concurrency?: number;
  /** How late a job may be that was given a time, in seconds; 5 unless told. */
  pollSeconds?: number;
  handler(data: T, run: Run): Promise<void>;
}

/** A queue and its handler, with the payload's type checked and put away: the registry holds many kinds. */
export interface Job {
  queue: Queue<object>;
  concurrency: number;
  pollSeconds: number;
  /** Checks the payload and handles it. Throws when it has another shape. */
  run(data: unknown, run: Run): Promise<void>;
}

/** Joins a handler to its queue. Handlers are shallow: a verb or two. They run at least once. */
export function defineJob<T extends object>(options: JobOptions<T>): Job {
  return {
    queue: options.queue,
    concurrency: options.concurrency ?? 4,
    pollSeconds: options.pollSeconds ?? 5,
    run: (data, run) => options.handler(options.queue.schema.parse(data), run),
  };
}

/** Work that every worker process does again and again. Two processes may do it at once: it claims what it takes. */
export interface Periodic {
  name: string;
  everyMs: number;
  run(run: Run): Promise<void>;
}

export function definePeriodic(periodic: Periodic): Periodic {
  return periodic;
}
