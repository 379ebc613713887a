import type { ReservedSql, Sql } from "postgres";
import type { Database } from "#db/client.ts";
import { drizzleOver } from "#db/client.ts";
import type { Sessions } from "./lucia.ts";
import { luciaOver } from "./lucia.ts";

interface Opened {
  pool: Sql;
  db: Database;
  lucia: Sessions;
}
// Vite reloads modules in development; the pool must outlive them.
const state: { opened?: Opened } = ((globalThis as { guichetAuth?: { opened?: Opened } }).guichetAuth ??= {});

/**
 * Names the small pool (role guichet_auth) that people and their sessions are read through; nothing else
 * may read them. `secureCookies`: browsers reach the program by https. Called once by the composition root.
 */
export function useAuthPool(
  pool: Sql | undefined,
  options: { secureCookies: boolean } = { secureCookies: false },
): void {
  if (!pool) {
    delete state.opened;
    return;
  }
  const db = drizzleOver(pool);
  state.opened = { pool, db, lucia: luciaOver(db, options.secureCookies) };
}

/** Drizzle as guichet_auth. */
export function authDb(): Database {
  return opened().db;
}

export function lucia(): Sessions {
  return opened().lucia;
}

/** Several statements as guichet_auth that commit together. */
export async function inAuth<T>(run: (db: Database) => Promise<T>): Promise<T> {
  const result = await opened().pool.begin(async (tx) => ({
    value: await run(drizzleOver(tx as unknown as ReservedSql)),
  }));
  return result.value as T;
}

function opened(): Opened {
  if (!state.opened) throw new Error("the sign-in pool is not open");
  return state.opened;
}
