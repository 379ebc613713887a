import { PgDatabase, PgDialect } from "drizzle-orm/pg-core";
import type { PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import { PostgresJsSession } from "drizzle-orm/postgres-js";
import type { ReservedSql, Sql } from "postgres";
import postgres from "postgres";

/** A Drizzle database over one connection or pool, with raw access beside it. */
export type Database = PgDatabase<PostgresJsQueryResultHKT, Record<string, never>>;

export interface ConnectionOptions {
  url: string;
  /** Connections kept at most. */
  max?: number;
  /** Prepared statements; false behind a transaction pooler without them. */
  prepare?: boolean;
  /** Role taken at connect, such as `guichet_auth`. */
  role?: string;
}

/** Opens a pool. Instants arrive as Date, JSON as values, bigint as text. */
export function connect(options: ConnectionOptions): Sql {
  return postgres(options.url, {
    max: options.max ?? 10,
    prepare: options.prepare ?? true,
    connect_timeout: 10,
    idle_timeout: 300,
    max_lifetime: 60 * 60,
    backoff: (attempt) => Math.min(2, 0.1 * 2 ** attempt),
    connection: {
      application_name: "guichet",
      ...(options.role ? { role: options.role } : {}),
    },
    onnotice: () => undefined,
    // Drizzle hands JSON over as text already: encoding it again would store a string.
    types: { json: transparentJson },
  });
}

const transparentJson = {
  to: 3802,
  from: [114, 3802],
  serialize: (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value)),
  parse: (value: string) => JSON.parse(value) as unknown,
};

const dialect = new PgDialect();

/** Drizzle over a pool or a reserved connection. `prepare` is forced: Drizzle's own driver leaves it off. */
export function drizzleOver(sql: Sql | ReservedSql): Database {
  const client = {
    options: sql.options,
    unsafe: (query: string, params: unknown[]) =>
      sql.unsafe(query, params as never[], { prepare: sql.options?.prepare ?? true }),
  };
  const session = new PostgresJsSession(client as never, dialect, undefined, {});
  return new PgDatabase(dialect, session as never, undefined) as unknown as Database;
}
