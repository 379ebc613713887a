import { isDatabaseAway } from "#db/database-away.ts";

/**
 * Works on one after another, until told to stop. One that fails keeps none of the others from theirs: what went wrong is
 * thrown when all had their turn. Only where the database is away the rest is spared, since it would fail alike.
 */
export async function inTurn<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<unknown>,
  signal?: AbortSignal,
): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    if (signal?.aborted) break;
    try {
      await work(item);
    } catch (error) {
      failures.push(error);
      if (isDatabaseAway(error)) break;
    }
  }
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} of them failed`);
  if (failures.length > 0) throw failures[0];
}
