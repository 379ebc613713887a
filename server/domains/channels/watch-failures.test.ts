import { describe, expect, it } from "vitest";
import { createChannel, createConversation, createMessage, createTenant, systemCtx } from "#db/factories.ts";
import { webhookLogCounts, webhookLogVolumes } from "#db/schema/webhook-volumes.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { listAlerts } from "#server/domains/alerts/index.ts";
import { enableChannel } from "./enable-channel.ts";
import { isFailing, isOver } from "./failure-share.ts";
import { watchFailures } from "./watch-failures.ts";

await testDatabase();
const hour = 3_600_000;
const day = 24 * hour;
const noon = new Date("2026-11-18T12:00:00Z");

describe("a share of failures", () => {
  const usual = { total: 10_000, failed: 200 };

  it.each([
    ["one bad event of one", { total: 1, failed: 1 }, false],
    ["as many as usual", { total: 500, failed: 10 }, false],
    ["a little more than usual", { total: 500, failed: 20 }, false],
    ["many times what is usual", { total: 500, failed: 80 }, true],
    ["everything", { total: 6, failed: 6 }, true],
  ])("%s", (_, recent, failing) => {
    expect(isFailing(recent, usual)).toBe(failing);
  });

  it("is no news to a channel that always fails so much", () => {
    const bad = { total: 10_000, failed: 6_000 };
    expect(isFailing({ total: 100, failed: 62 }, bad)).toBe(false);
    expect(isFailing({ total: 100, failed: 95 }, bad)).toBe(true);
  });

  it("that begins an alert never ends it, whatever is usual", () => {
    for (const share of [0, 0.01, 0.05, 0.2, 0.5]) {
      const measure = { total: 1_000, failed: 1_000 * share };
      for (let failed = 0; failed <= 100; failed++) {
        const recent = { total: 100, failed };
        expect([share, failed, isFailing(recent, measure) && isOver(recent, measure)]).toEqual([share, failed, false]);
      }
    }
  });
});

/** A channel whose last fortnight went well, with the hour that is counted. */
async function busyChannel() {
  const tenant = await createTenant();
  const channel = await createChannel(tenant);
  const clock = fixedClock(noon);
  const ctx = systemCtx(tenant, clock);
  const volume = (grain: "quarter" | "day", at: Date, status: "processed" | "failed" | "rejected", events: number) => ({
    tenantId: tenant.tenantId,
    grain,
    at,
    channelId: channel.channelId,
    platform: "whatsapp",
    kind: "message",
    status,
    reason: status === "failed" ? "handler_error" : status === "rejected" ? "signature_mismatch" : "",
    speed: -1,
    events,
  });
  await withTenant(tenant, (tx) =>
    tx
      .insert(webhookLogVolumes)
      .values(
        Array.from({ length: 10 }, (_, at) =>
          volume("day", new Date(noon.getTime() - (at + 2) * day), "processed", 500),
        ),
      ),
  );
  /** The hour that ends now, counted. */
  const counted = async (events: { processed?: number; failed?: number; rejected?: number }) => {
    const at = new Date(clock.now().getTime() - hour);
    await withTenant(tenant, async (tx) => {
      const rows = Object.entries(events).map(([status, count]) =>
        volume("quarter", at, status as "processed" | "failed" | "rejected", count),
      );
      if (rows.length > 0) await tx.insert(webhookLogVolumes).values(rows);
      const countedUntil = clock.now();
      await tx
        .insert(webhookLogCounts)
        .values({ tenantId: tenant.tenantId, countedUntil, timezone: "UTC" })
        .onConflictDoUpdate({ target: webhookLogCounts.tenantId, set: { countedUntil } });
    });
    await watchFailures(ctx);
    return (await listAlerts(ctx)).map(({ kind, severity, data }) => ({ kind, severity, ...data }));
  };
  return { tenant, channel, clock, ctx, counted };
}

describe("a channel on which more fails than usual", () => {
  it("is told of with its share and cause, until hardly anything fails any more", async () => {
    const { clock, counted } = await busyChannel();
    expect(await counted({ processed: 60, failed: 1 })).toEqual([]);
    clock.advance(hour);
    expect(await counted({ processed: 20, failed: 2, rejected: 28 })).toMatchObject([
      { kind: "events_failing", severity: "critical", failed: 30, total: 50, usual: 0, cause: "signature_mismatch" },
    ]);
    clock.advance(hour);
    // Better, but not well.
    expect(await counted({ processed: 90, failed: 7 })).toMatchObject([{ kind: "events_failing" }]);
    clock.advance(hour);
    expect(await counted({})).toHaveLength(1);
    clock.advance(hour);
    expect(await counted({ processed: 40 })).toEqual([]);
  });

  it("does not get used to failing", async () => {
    const { tenant, channel, clock, counted } = await busyChannel();
    await counted({ failed: 40 });
    for (let days = 1; days <= 20; days++) {
      clock.advance(day);
      await withTenant(tenant, (tx) =>
        tx.insert(webhookLogVolumes).values({
          tenantId: tenant.tenantId,
          grain: "day",
          at: new Date(clock.now().getTime() - 2 * day),
          channelId: channel.channelId,
          platform: "instagram",
          kind: "message",
          status: "failed",
          reason: "handler_error",
          speed: -1,
          events: 900,
        }),
      );
      expect(await counted({ failed: 40 })).toHaveLength(1);
    }
  });

  it("is forgotten a day after the last that came, and at once where it is paused", async () => {
    const [left, paused] = [await busyChannel(), await busyChannel()];
    for (const one of [left, paused]) expect(await one.counted({ failed: 40 })).toHaveLength(1);
    left.clock.advance(23 * hour);
    expect(await left.counted({})).toHaveLength(1);
    left.clock.advance(2 * hour);
    expect(await left.counted({})).toEqual([]);
    await enableChannel(paused.ctx, { channelId: paused.channel.channelId, enabled: false });
    expect(await listAlerts(paused.ctx)).toEqual([]);
    paused.clock.advance(hour);
    expect(await paused.counted({ failed: 40 })).toEqual([]);
  });

  it("is told of for its sends too, those apart that the receiver is the reason of", async () => {
    const { tenant, channel, ctx, clock } = await busyChannel();
    const conversation = await createConversation(tenant, { channel });
    const send = (status: "sent" | "failed", refusal?: string, agoMs = 60_000) =>
      createMessage(conversation, {
        id: newId(clock.now().getTime() - agoMs),
        direction: "out",
        status,
        ...(refusal ? { data: { refusal }, errorCode: "131026" } : {}),
      });
    for (let count = 0; count < 20; count++) await send("sent", undefined, 2 * hour);
    for (let count = 0; count < 8; count++) await send("failed", "opted_out");
    await watchFailures(ctx);
    expect(await listAlerts(ctx)).toEqual([]);
    for (let count = 0; count < 8; count++) await send("failed", "permanent");
    await watchFailures(ctx);
    expect(await listAlerts(ctx)).toMatchObject([
      { kind: "sends_failing", channelId: channel.channelId, data: { failed: 8, total: 16, cause: "131026" } },
    ]);
    clock.advance(2 * hour);
    for (let count = 0; count < 3; count++) await send("sent");
    await watchFailures(ctx);
    expect(await listAlerts(ctx)).toEqual([]);
  });

  it("is nothing to another tenant", async () => {
    const { counted } = await busyChannel();
    const other = await busyChannel();
    await counted({ failed: 40 });
    expect(await other.counted({ processed: 40 })).toEqual([]);
  });
});
