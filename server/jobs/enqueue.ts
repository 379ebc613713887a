import { sql } from "drizzle-orm";
import { PgBoss, fromDrizzle } from "pg-boss";
import type { Db } from "pg-boss";
import type { Sql } from "postgres";
import { appPool, withTenant } from "#db/tenant.ts";
import type { TenantScope } from "#db/tenant.ts";
import { deadLetterQueue } from "./dead-jobs.ts";
import type { Queue } from "./define-queue.ts";

export interface EnqueueOptions {
  /** Not before this long from now. */
  afterMs?: number;
}

/**
 * Puts a job in its queue within the scope's transaction: the job exists exactly when the change that
 * asks for it does.
 */
export async function enqueue<T extends object>(
  scope: TenantScope,
  queue: Queue<T>,
  data: T,
  { afterMs = 0 }: EnqueueOptions = {},
): Promise<void> {
  const boss = await senderFor(queue);
  // pg-boss reads a number as seconds and drops the fraction.
  const startAfter = afterMs > 0 ? new Date(Date.now() + afterMs) : undefined;
  await withTenant(scope, (tx) =>
    boss.send(queue.name, data, { ...(startAfter ? { startAfter } : {}), db: fromDrizzle(tx, sql) }),
  );
}

/** Puts many jobs in one queue, in one statement. */
export async function enqueueAll<T extends object>(
  scope: TenantScope,
  queue: Queue<T>,
  all: readonly T[],
  { afterMs = 0 }: EnqueueOptions = {},
): Promise<void> {
  if (all.length === 0) return;
  const boss = await senderFor(queue);
  const later = afterMs > 0 ? { startAfter: new Date(Date.now() + afterMs) } : {};
  const jobs = all.map((data) => ({ data, ...later }));
  await withTenant(scope, (tx) => boss.insert(queue.name, jobs, { db: fromDrizzle(tx, sql) }));
}

interface Sender {
  boss: Promise<PgBoss>;
  queues: Map<string, Promise<void>>;
}
// Vite reloads modules in development; the sender must outlive them, as the pool does.
const senders = ((globalThis as { guichetSenders?: WeakMap<Sql, Sender> }).guichetSenders ??= new WeakMap());

/** A pg-boss that only sends, over the serving pool: processes without workers enqueue as well. */
async function senderFor(queue: Queue<never> | Queue<object>): Promise<PgBoss> {
  const pool = appPool();
  let sender = senders.get(pool);
  if (!sender) senders.set(pool, (sender = { boss: openSender(pool), queues: new Map() }));
  const opened = sender;
  opened.boss.catch(() => senders.delete(pool));
  const boss = await opened.boss;
  let made = opened.queues.get(queue.name);
  if (!made) {
    made = makeQueue(boss, queue);
    made.catch(() => opened.queues.delete(queue.name));
    opened.queues.set(queue.name, made);
  }
  await made;
  return boss;
}

async function openSender(pool: Sql): Promise<PgBoss> {
  const boss = new PgBoss({
    db: over(pool),
    schema: "pgboss",
    migrate: false,
    supervise: false,
    schedule: false,
    queueCacheIntervalSeconds: 3600,
  });
  boss.on("error", () => undefined);
  await boss.start();
  return boss;
}

/** Makes the queue where it does not exist yet; an existing one keeps its jobs. */
export async function makeQueue(boss: PgBoss, queue: Queue<never> | Queue<object>): Promise<void> {
  await boss.createQueue(deadLetterQueue, { retentionSeconds: 14 * 24 * 3600 });
  await boss.createQueue(queue.name, {
    deadLetter: deadLetterQueue,
    policy: "standard",
    notify: true,
    retryLimit: queue.retryLimit,
    retryDelay: queue.retryDelaySeconds,
    retryBackoff: true,
    expireInSeconds: queue.expireInSeconds,
    deleteAfterSeconds: 3600,
    retentionSeconds: 14 * 24 * 3600,
  });
}

/** pg-boss makes a queue in several statements at once, BEGIN and COMMIT among them: that needs a connection of its own. */
function over(pool: Sql): Db {
  return {
    executeSql: async (text, values) => {
      const connection = await pool.reserve();
      try {
        return { rows: [...(await connection.unsafe(text, values as never[]))] };
      } finally {
        connection.release();
      }
    },
  };
}
