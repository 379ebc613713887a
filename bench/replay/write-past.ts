import type { Sql, TransactionSql } from "postgres";
import { channelNotice } from "#db/channel-notices.ts";
import { load } from "../load.ts";
import { signedMessage } from "../posts.ts";
import { asTenant, settled } from "./as-tenant.ts";
import type { Shop } from "./place.ts";
import { replayed } from "./place.ts";

/**
 * The events to replay, posted like any others. Half were worked, and are marked as failed although they have had their
 * effect; half came while the channel was paused and had none. All are put to work again, and only the latter may change anything.
 */
export async function writePast(owner: Sql, webhook: string, shop: Shop, other: Shop): Promise<void> {
  const half = replayed / 2;
  const post = (to: Shop, amount: number) =>
    load({ url: webhook, connections: 50, amount, method: "POST", next: () => signedMessage(to.channel.credentials) });
  await post(shop, half);
  await settled(owner, shop);
  // The other shop is no stranger either when the statistics are made.
  await post(other, 1_000);
  await settled(owner, other);
  await asTenant(owner, shop, async (tx) => {
    await tx`update webhook_logs set status = 'failed', reason = 'handler_error'`;
    await setPaused(tx, true);
  });
  await noticed();
  await post(shop, half);
  await asTenant(owner, shop, (tx) => setPaused(tx, false));
  await noticed();
  const counts = await asTenant(
    owner,
    shop,
    (tx) => tx`select status, count(*)::int as count from webhook_logs group by status order by status`,
  );
  const found = counts.map((row) => `${row.status} ${row.count}`).join(", ");
  if (found !== `failed ${half}, ignored ${half}`) throw new Error(`the events to replay are not as wanted: ${found}`);
  await owner`vacuum analyze`;
}

/** As an admin pauses a channel: the change, then the notice that intake listens to. */
async function setPaused(tx: TransactionSql, paused: boolean): Promise<void> {
  await tx`update channel_configurations set enabled = ${!paused}`;
  await tx`select pg_notify(${channelNotice}, '')`;
}

const noticed = () => new Promise<void>((done) => setTimeout(done, 300));
