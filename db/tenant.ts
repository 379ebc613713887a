import type { ReservedSql, Sql } from "postgres";
import type { Database } from "./client.ts";
import { drizzleOver } from "./client.ts";

/** A tenant's transaction: Drizzle, the raw connection beside it, and what to do once it is committed. */
export type TenantTx = Database & {
  readonly tenantId: string;
  readonly raw: ReservedSql;
  /** Runs after the commit, never when the transaction fails. Errors are the callback's own affair. */
  afterCommit(run: () => void): void;
};

/** Anything that names a tenant and may carry its open transaction: a verb's context fits. */
export interface TenantScope {
  readonly tenantId: string;
  readonly tx?: unknown;
}

interface Pools {
  app?: Sql;
}
// Vite reloads modules in development; the pool must outlive them.
const pools: Pools = ((globalThis as { guichetPools?: Pools }).guichetPools ??= {});

/** Names the pool (role guichet_app) that tenant rows are read through. Called once by the composition root. */
export function useAppPool(pool: Sql | undefined): void {
  pools.app = pool;
}

/** The guichet_app pool, for doors: without a tenant it sees no tenant row. */
export function appPool(): Sql {
  if (!pools.app) throw new Error("the database pool is not open");
  return pools.app;
}

/**
 * The only way to tenant rows: a transaction that row-level security ties to one tenant. BEGIN and the
 * tenant are queued ahead of the first query, so they cost no wait of their own. A scope that already
 * carries a transaction is joined: one commit for a verb and all that it calls.
 */
export async function withTenant<T>(scope: TenantScope, run: (tx: TenantTx) => Promise<T>): Promise<T> {
  if (scope.tx) return run(scope.tx as TenantTx);
  const connection = await appPool().reserve();
  const handle = untilOver(connection);
  const after: (() => void)[] = [];
  try {
    const opened = openTransaction(connection, scope.tenantId);
    const tx = tenantTx(handle.connection, scope.tenantId, after);
    const result = await settle(opened, run(tx));
    handle.end();
    await connection.unsafe("commit");
    for (const callback of after) callback();
    return result;
  } catch (error) {
    handle.end();
    await connection.unsafe("rollback").catch(() => undefined);
    throw error;
  } finally {
    connection.release();
  }
}

/**
 * The connection as `run` may use it: after the end it refuses, so that a query which was left behind
 * (beside one that failed, say) never runs in the transaction of whoever has the connection next.
 */
function untilOver(connection: ReservedSql): { connection: ReservedSql; end(): void } {
  let over = false;
  const refuse = () => Promise.reject(new Error("the transaction is over"));
  const held = new Proxy(connection, {
    apply: (target, self, args) => (over ? refuse() : Reflect.apply(target as never, self, args)),
    get: (target, key) => (over && key === "unsafe" ? refuse : Reflect.get(target, key)),
  });
  return {
    connection: held,
    end: () => {
      over = true;
    },
  };
}

/** BEGIN and the tenant travel in front of the first query; postgres.js keeps the order on one connection. */
function openTransaction(connection: ReservedSql, tenantId: string): Promise<unknown> {
  const prepare = connection.options?.prepare ?? true;
  // At once: left to be awaited they would leave a turn later, behind a first query that is not.
  const begun = connection.unsafe("begin").execute();
  const bound = connection.unsafe("select set_config('app.tenant_id', $1, true)", [tenantId], { prepare }).execute();
  const opened = Promise.all([begun, bound]);
  // Reported by settle(); without a handler here a run() that throws first would leave it unhandled.
  opened.catch(() => undefined);
  return opened;
}

/** Waits for both, so that a connection is never given back with queries still under way. */
async function settle<T>(opened: Promise<unknown>, work: Promise<T>): Promise<T> {
  const [first, second] = await Promise.allSettled([opened, work]);
  if (first.status === "rejected") throw first.reason;
  if (second.status === "rejected") throw second.reason;
  return second.value;
}

function tenantTx(connection: ReservedSql, tenantId: string, after: (() => void)[]): TenantTx {
  return Object.assign(drizzleOver(connection), {
    tenantId,
    raw: connection,
    afterCommit: (run: () => void) => void after.push(run),
  }) as unknown as TenantTx;
}
