import type { Sql } from "postgres";
import { asTenant } from "./as-tenant.ts";
import type { Shop } from "./place.ts";
import type { Sent } from "./steady-posts.ts";

/** Milliseconds. */
export interface Latency {
  p50: number;
  p99: number;
}

/** Of all posts until they were answered, and of each shop's until they were worked. */
export type Latencies = Record<"answered" | Shop["slug"], Latency>;

export async function latenciesOf(owner: Sql, shops: readonly Shop[], sent: readonly Sent[]): Promise<Latencies> {
  const [bench, other] = await Promise.all(shops.map((shop) => workedMs(owner, shop, sent)));
  return {
    answered: latencyOf(sent.map((one) => one.acknowledgedMs ?? Number.POSITIVE_INFINITY)),
    bench: latencyOf(bench!),
    other: latencyOf(other!),
  };
}

/** From the moment of sending to the one that the log notes as its work's end. */
async function workedMs(owner: Sql, shop: Shop, sent: readonly Sent[]): Promise<number[]> {
  const sentAt = new Map(sent.map((one) => [one.externalId, one.at]));
  const rows = await asTenant(
    owner,
    shop,
    (tx) => tx<{ id: string; at: Date }[]>`
      select external_message_id as id, processed_at as at from webhook_logs
       where external_message_id = any (${[...sentAt.keys()]}::text[])`,
  );
  return rows.map(({ id, at }) => at.getTime() - sentAt.get(id)!);
}

function latencyOf(values: readonly number[]): Latency {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
