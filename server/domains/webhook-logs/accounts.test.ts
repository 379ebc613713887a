import { expect, test } from "vitest";
import { createChannel, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { removeExpired } from "#server/domains/log-retention/index.ts";
import { logsOf, post, startEdge, textMessage, whatsappPost } from "#server/webhooks/testing.ts";
import { applyWebhookLogs } from "./apply-webhook-logs.ts";
import { countLogVolumes } from "./count-log-volumes.ts";
import { eventReader } from "./jobs.ts";
import { listAccounts } from "./list-accounts.ts";
import { replayWebhookLog } from "./replay-webhook-log.ts";

await testDatabase();
const edge = await startEdge({ drains: false });
const dayMs = 86_400_000;

/** A shop with two accounts: one that gets messages, some twice and some forged, and a quiet one. */
async function shop() {
  const tenant = await createTenant();
  const [busy, quiet] = [await createChannel(tenant), await createChannel(tenant)];
  const ctx = contextFor(tenant.tenantId, { type: "job", name: "test" });
  const late = { ...ctx, clock: fixedClock(new Date(Date.now() + 3 * 3_600_000)) };
  const write = (id: string, secret = busy.credentials.app_secret!) =>
    post(
      `${edge.url}/webhooks/whatsapp`,
      whatsappPost({ channel: busy, messages: [textMessage({ id: `wamid.${id}`, from: "33639980001" })] }),
      secret,
    );
  const apply = async () => {
    const waiting = (await logsOf(tenant)).filter((row) => row.status === "received");
    await applyWebhookLogs(
      ctx,
      waiting.map((row) => row.id),
      eventReader,
    );
  };
  for (const id of ["a", "b", "c", "a"]) await write(tenant.tenantId + id);
  await write("x", "forged");
  await apply();
  return { ...tenant, busy, quiet, ctx, late, write, apply };
}
type Shop = Awaited<ReturnType<typeof shop>>;

/** The same figures row by row, in this process. */
async function tally(one: Shop) {
  const rows = await withTenant(one, (tx) =>
    tx.raw.unsafe<{ status: string; ms: number | null }[]>(
      "select status, processing_time_ms as ms from webhook_logs where channel_id is not null",
    ),
  );
  const timed = rows.flatMap((row) => (row.ms === null ? [] : [row.ms]));
  return {
    received: rows.length,
    processed: rows.filter((row) => ["processed", "duplicate", "ignored"].includes(row.status)).length,
    failed: rows.filter((row) => ["failed", "rejected"].includes(row.status)).length,
    meanMs: timed.reduce((sum, ms) => sum + ms, 0) / timed.length,
  };
}

const takenIn = (one: Shop) =>
  withTenant(one, async (tx) => {
    const rows = await tx.raw.unsafe<{ type: string; events: number }[]>(
      `select event_type as type, sum((event_data ->> 'count')::int)::int as events from analytics_events
        where event_type like 'webhooks.%' group by 1 order by 1`,
    );
    return Object.fromEntries(rows.map((row) => [row.type, row.events]));
  });

test("accounts are told with what a count row by row finds, before and after it was counted ahead", async () => {
  const one = await shop();
  const there = await tally(one);
  expect(there).toMatchObject({ received: 5, processed: 4, failed: 1 });
  const fresh = await listAccounts(one.ctx, {});
  expect(fresh).toMatchObject([
    { channelId: one.busy.channelId, ...there },
    { channelId: one.quiet.channelId, received: 0, processed: 0, failed: 0, meanMs: null, lastWebhookAt: null },
  ]);
  while (await countLogVolumes(one.late));
  expect(await listAccounts(one.late, {})).toEqual(fresh);
  expect(await listAccounts(one.late, { since: new Date(Date.now() - 2 * dayMs) })).toEqual(fresh);
  const later = await listAccounts(one.late, { since: new Date(Date.now() + 2 * dayMs) });
  expect(later[0]).toMatchObject({ received: 0, meanMs: null });
  const [seen] = await withTenant(one, (tx) =>
    tx.raw.unsafe("select * from compat.webhook_stats_by_user where total_webhooks > 0"),
  );
  expect(seen).toMatchObject({ total_webhooks: "5", processed_webhooks: "4", error_webhooks: "1" });
  expect(Number(seen?.avg_processing_time_ms)).toBeCloseTo(there.meanMs, 6);
  const active = await withTenant(one, (tx) => tx.raw.unsafe("select id from compat.active_webhook_accounts"));
  expect(active.map((row) => row.id as string)).toEqual([one.busy.channelId, one.quiet.channelId]);
});

test("another tenant's accounts hold none of it", async () => {
  await shop();
  const stranger = await createTenant();
  expect(await listAccounts(contextFor(stranger.tenantId, { type: "job", name: "test" }), {})).toEqual([]);
});

test("what is taken in is written down once, by outcome, however often it is replayed, and goes after its time", async () => {
  const one = await shop();
  expect(await takenIn(one)).toEqual({ "webhooks.processed": 3, "webhooks.duplicate": 1 });
  for (const { id } of await logsOf(one)) await replayWebhookLog(one.ctx, { id });
  await one.apply();
  // The forged one was looked at again and refused: it was never taken in.
  expect(await takenIn(one)).toEqual({ "webhooks.processed": 3, "webhooks.duplicate": 1 });
  const rows = await withTenant(one, (tx) => tx.raw.unsafe("select event_type, event_data from analytics_events"));
  expect(rows.filter((row) => String(row.event_type).startsWith("webhooks."))).toHaveLength(2);

  await withTenant(one, (tx) =>
    tx.raw.unsafe("insert into analytics_events (tenant_id, id, event_type) values ($1, $2, 'webhooks.processed')", [
      one.tenantId,
      newId(Date.now() - 402 * dayMs),
    ]),
  );
  await removeExpired(one.ctx);
  expect(await withTenant(one, (tx) => tx.raw.unsafe("select id from analytics_events"))).toHaveLength(rows.length);
});
