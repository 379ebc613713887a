import { describe, expect, test } from "vitest";
import { createChannel, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { listAlerts } from "#server/domains/alerts/index.ts";
import { fixedClock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { logsOf, post, startEdge, textMessage, whatsappPost } from "#server/webhooks/testing.ts";
import { applyWebhookLogs } from "./apply-webhook-logs.ts";
import { countLogVolumes } from "./count-log-volumes.ts";
import { eventReader, mendLedger, startDraining } from "./jobs.ts";
import { readLedger } from "./read-ledger.ts";
import { poison } from "./testing.ts";

const database = await testDatabase();
const edge = await startEdge({ drains: false });

const dayMs = 86_400_000;
/** The night after: what came in today is yesterday's. */
const tonight = fixedClock(new Date(Date.now() + dayMs));

/** Where it is about noon now: no midnight falls into a test. */
function zoneAtNoon(): string {
  const ahead = 12 - new Date().getUTCHours();
  return `Etc/GMT${ahead >= 0 ? "-" : "+"}${Math.abs(ahead)}`;
}

/** A shop with an open and a paused channel. */
async function shop() {
  const tenant = await createTenant({ timezone: zoneAtNoon() });
  const [open, paused] = [await createChannel(tenant), await createChannel(tenant, { enabled: false })];
  const ctx = contextFor(tenant.tenantId, { type: "job", name: "test" });
  const late = contextFor(tenant.tenantId, { type: "job", name: "test" }, tonight);
  const write = (channel: typeof open, { secret = channel.credentials.app_secret!, id = newId() as string } = {}) =>
    post(
      `${edge.url}/webhooks/whatsapp`,
      whatsappPost({ channel, messages: [textMessage({ id: `wamid.${id}`, from: "33639980001" })] }),
      secret,
    );
  const waiting = async () => (await logsOf(tenant)).filter((row) => row.status === "received").map((row) => row.id);
  const ledger = async () => {
    const days = await readLedger(late, { since: new Date(Date.now() - dayMs) });
    const [day, ...more] = days.filter((one) => one.total.received > 0);
    expect(more).toEqual([]);
    return day!;
  };
  return { tenant, open, paused, ctx, late, write, waiting, ledger };
}

/** The same figures by a count that shares nothing with the ledger: row by row, in this process. */
async function tally({ tenant }: Awaited<ReturnType<typeof shop>>) {
  const rows = await logsOf(tenant);
  const dropped = await withTenant(tenant, (tx) =>
    tx.raw.unsafe<{ dropped: number }[]>("select dropped from webhook_rejections"),
  );
  const of = (...statuses: string[]) => rows.filter((row) => statuses.includes(row.status)).length;
  const notKept = dropped.reduce((sum, row) => sum + row.dropped, 0);
  return {
    received: rows.length + notKept,
    processed: of("processed"),
    duplicate: of("duplicate"),
    ignored: of("ignored"),
    rejected: of("rejected"),
    failed: of("failed"),
    waiting: of("received", "retrying"),
    notKept,
  };
}

/** What no code of the program may do to the log. */
const asOwner = ({ tenantId }: { tenantId: string }, statement: string, params: string[]) =>
  database.owner.begin(async (tx) => {
    await tx`select set_config('app.tenant_id', ${tenantId}, true)`;
    const [found] = await tx.unsafe<{ row: string }[]>(statement, params);
    return found?.row;
  });

describe("the ledger", () => {
  test("of a day with a crash, duplicates, refusals and faults adds up, to the last event", async () => {
    const one = await shop();
    // Too many forged ones for two minutes' allowance, since one may end among them.
    const sent = { genuine: 24, twice: 5, forged: 130, paused: 4, faulty: 3 };
    for (let count = 0; count < sent.genuine; count++) await one.write(one.open);
    for (let count = 0; count < sent.twice; count++) {
      const id = newId();
      await one.write(one.open, { id });
      await one.write(one.open, { id });
    }
    for (let count = 0; count < sent.paused; count++) await one.write(one.paused);
    await Promise.all(Array.from({ length: sent.forged }, () => one.write(one.open, { secret: "forged" })));
    const stored = await one.waiting();
    for (const id of stored.slice(0, sent.faulty)) await poison(database, id);
    // A process that dies half-way: of what it had stored, it applied these.
    for (let tries = 0; tries < 5; tries++) await applyWebhookLogs(one.ctx, stored.slice(0, 20), eventReader);

    const all = sent.genuine + 2 * sent.twice + sent.paused + sent.forged;
    // Refusals past the allowance of a minute are counted in memory first.
    await expect.poll(async () => (await one.ledger()).total.received).toBe(all);
    const before = await one.ledger();
    expect(before.total).toMatchObject(await tally(one));
    expect(before.total).toMatchObject({
      failed: sent.faulty,
      ignored: sent.paused,
      waiting: stored.length - 20,
    });
    expect(before.total.rejected + before.total.notKept).toBe(sent.forged);
    expect(before.total.notKept).toBeGreaterThan(0);

    while (await countLogVolumes(one.late));
    expect((await one.ledger()).total).toEqual(before.total);

    const drain = startDraining(tonight);
    await mendLedger(one.late);
    await drain.emptied(one.tenant.tenantId);
    await drain.stop();
    while (await countLogVolumes(one.late));
    const after = await one.ledger();
    expect(after.total).toMatchObject(await tally(one));
    expect(after.total).toMatchObject({
      received: all,
      processed: sent.genuine + sent.twice - sent.faulty,
      duplicate: sent.twice,
      waiting: 0,
    });
    expect(after.check).toMatchObject({ unsettled: stored.length - 20, recounted: 0, missing: 0 });
    expect(after.lines.map((line) => line.channelId)).toEqual([one.open.channelId, one.paused.channelId]);
    expect(after.lines.reduce((sum, line) => sum + line.received, 0)).toBe(all);
    expect(await listAlerts(one.ctx)).toEqual([]);
  });

  test("is checked once a night, counts anew what was counted wrongly, and tells of what is missing until it is not", async () => {
    const one = await shop();
    for (let count = 0; count < 6; count++) await one.write(one.open);
    await applyWebhookLogs(one.ctx, await one.waiting(), eventReader);
    while (await countLogVolumes(one.late));
    await withTenant(one.tenant, (tx) => tx.raw.unsafe("update webhook_log_volumes set events = events + 1"));
    const lost = (await logsOf(one.tenant))[0]!;
    const row = await asOwner(
      one.tenant,
      "delete from webhook_logs where id = $1 returning to_jsonb(webhook_logs)::text as row",
      [lost.id],
    );

    await mendLedger(one.late);
    while (await countLogVolumes(one.late));
    expect(await one.ledger()).toMatchObject({ total: { received: 5 }, check: { recounted: 1, missing: 1 } });
    expect(await listAlerts(one.ctx)).toMatchObject([
      { kind: "ledger_gap", severity: "critical", channelId: null, data: { missing: 1 } },
    ]);

    await asOwner(
      one.tenant,
      `insert into webhook_logs (tenant_id, id, delivery_id, channel_id, platform, webhook_type, payload, status, dedupe_key, received_at)
       select tenant_id, id, delivery_id, channel_id, platform, webhook_type, payload, status, dedupe_key, received_at
         from jsonb_populate_record(null::webhook_logs, $1::text::jsonb)`,
      [row!],
    );
    await mendLedger(one.late);
    expect((await one.ledger()).check).toMatchObject({ missing: 1 });
    await mendLedger(one.late, { again: true });
    expect((await one.ledger()).check).toMatchObject({ missing: 0 });
    expect(await listAlerts(one.ctx)).toEqual([]);
  });

  test("of another tenant is empty", async () => {
    const one = await shop();
    await one.write(one.open);
    const stranger = await shop();
    const days = await readLedger(stranger.ctx, { since: new Date(Date.now() - dayMs) });
    expect(days.flatMap((day) => day.lines)).toEqual([]);
  });
});
