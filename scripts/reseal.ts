import { appPool, withTenant } from "#db/tenant.ts";
import type { KeyRing } from "#server/core/crypto.ts";
import { open, seal } from "#server/core/crypto.ts";

interface SealedTable {
  table: string;
  columns: string[];
  /** What its values are bound to. */
  boundTo(tenantId: string, id: string): string;
}

/** Everything that `ENCRYPTION_KEY` seals, column by column. */
export const sealedTables: readonly SealedTable[] = [
  {
    table: "channel_configurations",
    columns: ["config_encrypted", "app_secret", "verify_token", "webhook_key"],
    boundTo: (tenantId, id) => `${tenantId}:${id}`,
  },
  {
    table: "platform_connections",
    columns: ["access_token", "refresh_token"],
    boundTo: (tenantId, id) => `${tenantId}:connection:${id}`,
  },
  {
    table: "connection_attempts",
    columns: ["verifier"],
    boundTo: (tenantId, id) => `${tenantId}:connection:${id}`,
  },
  {
    table: "calendar_feeds",
    columns: ["token_sealed"],
    boundTo: (tenantId, id) => `${tenantId}:calendar_feed:${id}`,
  },
  {
    table: "busy_calendars",
    columns: ["address_sealed"],
    boundTo: (tenantId, id) => `${tenantId}:busy_calendar:${id}`,
  },
  { table: "surveys", columns: ["token_sealed"], boundTo: (tenantId, id) => `${tenantId}:survey:${id}` },
];

export interface Resealed {
  /** Values seen. */
  values: number;
  /** Those that an older key had sealed. */
  resealed: number;
  /** Rows with a value that no key of the ring opens. */
  lost: { table: string; id: string }[];
}

type Row = { id: string } & Record<string, string | null>;

const perBatch = 200;
const firstId = "00000000-0000-0000-0000-000000000000";

/**
 * Seals every sealed value of every tenant with the ring's current key, in small transactions: what is
 * sealed with it already is passed over, so that an interrupted run goes on where it was. A value that
 * changed meanwhile is left as it is: it was sealed with the current key.
 */
export async function resealAll(ring: KeyRing): Promise<Resealed> {
  return walk(async (tenantId, { table, columns, boundTo }, rows, found) => {
    await withTenant({ tenantId }, async (tx) => {
      for (const row of rows) {
        for (const column of columns) {
          const sealed = row[column];
          if (!sealed || keyOf(sealed) === ring.current) continue;
          const plain = openOrNull(ring, sealed, boundTo(tenantId, row.id));
          if (plain === null) found.lost.push({ table, id: row.id });
          else {
            await tx.raw.unsafe(`update ${table} set ${column} = $1 where id = $2 and ${column} = $3`, [
              seal(ring, plain, boundTo(tenantId, row.id)),
              row.id,
              sealed,
            ]);
            found.resealed++;
          }
        }
      }
    });
  });
}

/** Opens every sealed value with the ring's current key alone: what is lost would be so once the others are dropped. */
export async function verifyAll(ring: KeyRing): Promise<Resealed> {
  const alone: KeyRing = { current: ring.current, keys: new Map([[ring.current, ring.keys.get(ring.current)!]]) };
  return walk(async (tenantId, { table, columns, boundTo }, rows, found) => {
    for (const row of rows) {
      const opens = columns.every((column) => {
        const sealed = row[column];
        return !sealed || openOrNull(alone, sealed, boundTo(tenantId, row.id)) !== null;
      });
      if (!opens) found.lost.push({ table, id: row.id });
    }
  });
}

type Visit = (tenantId: string, sealed: SealedTable, rows: readonly Row[], found: Resealed) => Promise<void>;

async function walk(visit: Visit): Promise<Resealed> {
  const found: Resealed = { values: 0, resealed: 0, lost: [] };
  const tenants = await appPool()<{ tenant_id: string }[]>`select tenant_id from door.tenants_for_maintenance()`;
  for (const { tenant_id: tenantId } of tenants) {
    for (const sealed of sealedTables) {
      for (let last: string | undefined = firstId; last !== undefined;) {
        const rows = await readRows(tenantId, sealed, last);
        found.values += rows.reduce((sum, row) => sum + sealed.columns.filter((column) => row[column]).length, 0);
        await visit(tenantId, sealed, rows, found);
        last = rows.length < perBatch ? undefined : rows.at(-1)!.id;
      }
    }
  }
  return found;
}

async function readRows(tenantId: string, { table, columns }: SealedTable, after: string): Promise<Row[]> {
  return withTenant({ tenantId }, async (tx) => [
    ...(await tx.raw.unsafe<Row[]>(
      `select id, ${columns.join(", ")} from ${table} where id > $1 order by id limit ${perBatch}`,
      [after],
    )),
  ]);
}

const keyOf = (sealed: string) => sealed.split(".")[1];

function openOrNull(ring: KeyRing, sealed: string, boundTo: string): string | null {
  try {
    return open(ring, sealed, boundTo);
  } catch {
    return null;
  }
}
