import type { TenantTx } from "./tenant.ts";

/** Counting stops here: more is shown as "1 000+". */
export const countCap = 1_000;

/**
 * How many rows each of some lists holds, up to 1,000 and one, in one statement. A list is what stands behind `select … from`;
 * `params` are those of all of them.
 */
export async function countUpTo(tx: TenantTx, lists: readonly string[], params: readonly unknown[]): Promise<number[]> {
  if (lists.length === 0) return [];
  const counted = lists.map((list) => `(select count(*)::int from (select from ${list} limit ${countCap + 1}) x)`);
  const [row] = await tx.raw.unsafe<{ counts: number[] }[]>(
    `select array[${counted.join(",\n")}] as counts`,
    params as never[],
    { prepare: true },
  );
  if (!row) throw new Error("counting answered nothing");
  return row.counts;
}
