import type { z } from "zod";

/** A queue of jobs: what each carries, and what happens when its handler throws. */
export interface Queue<T extends object> {
  name: string;
  /** Jobs of a tenant carry its id. Never secrets. */
  schema: z.ZodType<T>;
  /** Tries after the first one, spaced by `retryDelaySeconds`, doubling. */
  retryLimit: number;
  retryDelaySeconds: number;
  /** A handler still under way after this long is taken for dead, and its job is given to another worker. */
  expireInSeconds: number;
}

type QueueOptions<T extends object> = Pick<Queue<T>, "name" | "schema"> & Partial<Queue<T>>;

export function defineQueue<T extends object>(options: QueueOptions<T>): Queue<T> {
  return { retryLimit: 5, retryDelaySeconds: 5, expireInSeconds: 120, ...options };
}
