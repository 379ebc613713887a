import type { Sql } from "postgres";
import { findDrift } from "#db/testing-recount.ts";
import { asTenant } from "./as-tenant.ts";
import type { Shop } from "./place.ts";

/** Messages of a shop, and how many ids of the provider they have: as many, when none was written twice. */
export function countMessages(owner: Sql, shop: Shop): Promise<{ messages: number; ids: number }> {
  return asTenant(owner, shop, async (tx) => {
    const [row] = await tx`select count(*)::int as messages, count(distinct external_id)::int as ids from messages`;
    return row as { messages: number; ids: number };
  });
}

/** Messages too many, too few or twice, and kinds of kept numbers that are not what their rows add up to. */
export async function countDifferences(owner: Sql, shop: Shop, wanted: number): Promise<number> {
  const { messages, ids } = await countMessages(owner, shop);
  const drift = await asTenant(owner, shop, (tx) => findDrift(tx));
  for (const [name, rows] of Object.entries(drift)) process.stderr.write(`${name}: ${JSON.stringify(rows)}\n`);
  return Math.abs(messages - wanted) + (messages - ids) + Object.keys(drift).length;
}
