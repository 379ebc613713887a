import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createChannel, createTenant, systemCtx } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { chartWebhookLogs } from "./chart-webhook-logs.ts";
import { countLogVolumes } from "./count-log-volumes.ts";
import type { LoggedEvent } from "./ingest-posts.ts";
import { ingestPosts } from "./ingest-posts.ts";
import { percentileOf } from "./log-volumes.ts";
import { replayWebhookLog } from "./replay-webhook-log.ts";
import type { LogFilter } from "./schemas.ts";

await testDatabase();

const now = new Date("2026-11-03T10:07:30Z");
const statuses = ["processed", "duplicate", "ignored", "rejected", "failed"] as const;

/** A tenant whose log goes 40 days back, over the end of daylight saving. */
async function logged(timezone: string, count: number) {
  const tenant = await createTenant({ timezone });
  const channels = [await createChannel(tenant), await createChannel(tenant)];
  const ctx = { ...systemCtx(tenant), clock: fixedClock(now) };
  const events = Array.from({ length: count }, (_, at): LoggedEvent & { receivedAt: Date; ms: number } => {
    const receivedAt = new Date(now.getTime() - Math.floor((at / count) ** 3 * 40 * 86_400_000) - at);
    const status = statuses[(at * 7) % 5]!;
    return {
      id: newId(receivedAt.getTime()),
      tenantId: tenant.tenantId,
      channelId: channels[at % 2]!.channelId,
      type: at % 3 ? "message.text" : at % 2 ? "status.read" : "account.alert",
      payload: {},
      status,
      reason: status === "failed" ? "handler_error" : status === "rejected" ? "stale" : null,
      externalId: null,
      dedupeKey: `key-${at}`,
      customerIdentifier: null,
      account: null,
      occurredAt: null,
      source: null,
      receivedAt,
      ms: (at * 37) % 3000,
    };
  });
  for (const event of events) {
    const { receivedAt, ms: _ms, ...row } = event;
    const post = { tenantId: tenant.tenantId, provider: "whatsapp", path: "/webhooks/whatsapp", headers: {} };
    const kept = { body: new Uint8Array(), bodyBytes: 0, verified: true, reason: null, receivedAt };
    await ingestPosts([{ ...post, ...kept, id: newId(receivedAt.getTime()), events: [row] }]);
  }
  await withTenant(tenant, (tx) =>
    tx.raw.unsafe(
      `update webhook_logs set processing_time_ms = told.ms, attempts = case when told.ms % 2 = 0 then 2 else 1 end
         from jsonb_to_recordset($1::text::jsonb) as told (id uuid, ms integer) where webhook_logs.id = told.id`,
      [JSON.stringify(events.map(({ id, ms }) => ({ id, ms })))],
    ),
  );
  return { tenant, ctx, channels, events };
}

const countAll = async (ctx: Parameters<typeof countLogVolumes>[0]) => {
  while (await countLogVolumes(ctx));
};

const kindOf = (type: string) =>
  /^(?:message|echo)/.test(type) ? "message" : type.startsWith("status") ? "status" : "other";

describe("the chart", () => {
  test.each(["Europe/Paris", "Asia/Kolkata", "Australia/Lord_Howe"])(
    "in %s equals a count of the events bar by bar, whatever was counted ahead",
    async (timezone) => {
      const { ctx, channels, events } = await logged(timezone, 240);
      const filters: LogFilter[] = [
        {},
        { since: new Date(now.getTime() - 86_400_000) },
        { since: new Date(now.getTime() - 7 * 86_400_000), channelId: channels[0]!.channelId },
        { since: new Date(now.getTime() - 30 * 86_400_000), status: ["failed", "rejected"] },
        { type: "other", provider: "whatsapp" },
        { reason: ["handler_error"] },
        { slow: true },
        { triedAgain: true, channelId: channels[1]!.channelId },
      ];
      const check = async () => {
        for (const filter of filters) {
          const chart = await chartWebhookLogs(ctx, filter);
          for (const bar of chart.bars) {
            const own = events.filter(
              (event) =>
                event.receivedAt >= bar.from &&
                event.receivedAt < bar.to &&
                (!filter.channelId || event.channelId === filter.channelId) &&
                (!filter.status || filter.status.includes(event.status)) &&
                (!filter.reason || (event.reason !== null && filter.reason.includes(event.reason))) &&
                (!filter.type || kindOf(event.type) === filter.type) &&
                (!filter.slow || event.ms >= 1000) &&
                (!filter.triedAgain || event.ms % 2 === 0),
            );
            const failed = own.filter((event) => event.status === "failed" || event.status === "rejected").length;
            expect([filter, bar.from, bar.total, bar.failed]).toEqual([filter, bar.from, own.length, failed]);
          }
          expect(chart.bars.reduce((sum, bar) => sum + bar.total, 0)).toBe(chart.total);
        }
        expect((await chartWebhookLogs(ctx, {})).total).toBe(events.length);
      };
      await check();
      await countAll(ctx);
      await check();
    },
  );

  test("follows an event that changes after its quarter was counted, and a tenant that moves to another zone", async () => {
    const { tenant, ctx, events } = await logged("Europe/Paris", 60);
    await countAll(ctx);
    const before = await chartWebhookLogs(ctx, {});
    const old = events.findLast((event) => event.status === "failed")!;
    await replayWebhookLog(ctx, { id: old.id });
    await countAll(ctx);
    expect((await chartWebhookLogs(ctx, {})).failed).toBe(before.failed - 1);

    await withTenant(tenant, (tx) => tx.raw.unsafe("update tenants set timezone = 'Asia/Tokyo'"));
    await countAll(ctx);
    const moved = await chartWebhookLogs(ctx, {});
    expect(moved.total).toBe(events.length);
    expect(moved.bars.every((bar) => bar.from.getUTCHours() === 15)).toBe(true);
    for (const bar of moved.bars) {
      expect(bar.total).toBe(events.filter(({ receivedAt }) => receivedAt >= bar.from && receivedAt < bar.to).length);
    }
  });

  test("of another tenant holds nothing of this one", async () => {
    await logged("Europe/Paris", 10);
    const stranger = { ...systemCtx(await createTenant()), clock: fixedClock(now) };
    expect((await chartWebhookLogs(stranger, {})).total).toBe(0);
  });
});

test("a percentile read from classes is within a class of the true one", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(60_000), { minLength: 1, maxLength: 300 }),
      fc.constantFrom(0.5, 0.95),
      (times, share) => {
        const bySpeed = new Map<number, number>();
        for (const ms of times) {
          const speed = Math.floor(2 * Math.log2(ms + 1));
          bySpeed.set(speed, (bySpeed.get(speed) ?? 0) + 1);
        }
        const sorted = times.toSorted((a, b) => a - b);
        const truth = sorted[Math.ceil(share * times.length) - 1]!;
        const read = percentileOf(bySpeed, share)!;
        expect(read + 1).toBeGreaterThanOrEqual((truth + 1) / Math.SQRT2 - 1);
        expect(read + 1).toBeLessThanOrEqual((truth + 1) * Math.SQRT2 + 1);
      },
    ),
  );
});
