import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createChannel, createTenant, systemCtx } from "#db/factories.ts";
import { channelConfigurations, channelHours } from "#db/schema/channels.ts";
import { webhookLogVolumes } from "#db/schema/webhook-volumes.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import type { CheckLine } from "#server/providers/contract.ts";
import { listAlerts } from "#server/domains/alerts/index.ts";
import { countChannelHours } from "./count-channel-hours.ts";
import { deleteChannel } from "./delete-channel.ts";
import { enableChannel } from "./enable-channel.ts";
import { listChannels } from "./list-channels.ts";
import { recordChannelHealth } from "./record-channel-health.ts";
import { watchSilence } from "./watch-silence.ts";

const database = await testDatabase();
const hour = 3_600_000;
const day = 24 * hour;
/** Wednesday, one in the afternoon in Paris; the last customers wrote at nine the evening before. */
const noon = "2026-11-18T12:00:00Z";
const lastEvening = new Date("2026-11-17T20:00:00Z");
const nothingAmiss = () => Promise.resolve<CheckLine[]>([]);
const line = (check: string, result: CheckLine["result"], reason: string | null): CheckLine => ({
  check,
  result,
  reason,
  detail: null,
});

/** A channel that heard from customers every hour of four weeks from eight to nine, and then no more. */
async function quietChannel(now = noon) {
  const tenant = await createTenant({ timezone: "Europe/Paris" });
  const channel = await createChannel(tenant, { lastWebhookAt: lastEvening });
  const clock = fixedClock(now);
  const ctx = systemCtx(tenant, clock);
  const hours = Array.from({ length: 28 * 24 }, (_, at) => new Date(lastEvening.getTime() - at * hour)).filter((at) => {
    const local = (at.getUTCHours() + 1) % 24;
    return local >= 8 && local <= 21;
  });
  const counted = (at: Date, status: "processed" | "ignored" | "rejected" = "processed") => ({
    tenantId: tenant.tenantId,
    grain: "quarter" as const,
    at,
    channelId: channel.channelId,
    platform: "whatsapp",
    kind: "message",
    status,
    reason: "",
    speed: -1,
    events: 3,
  });
  await withTenant(tenant, (tx) => tx.insert(webhookLogVolumes).values(hours.map((at) => counted(at))));
  await countChannelHours(ctx);
  const open = async () => (await listAlerts(ctx)).map(({ kind, data }) => ({ kind, ...data }));
  const set = (change: Partial<typeof channelConfigurations.$inferInsert>) =>
    withTenant(tenant, (tx) =>
      tx.update(channelConfigurations).set(change).where(eq(channelConfigurations.id, channel.channelId)),
    );
  return { tenant, channel, channelId: channel.channelId, clock, ctx, counted, open, set, hours };
}
const since = lastEvening.toISOString();

describe("hours of a channel", () => {
  it("are counted once however often, without refusals and our own tests, five weeks back", async () => {
    const { tenant, ctx, counted, clock } = await quietChannel();
    const read = () => withTenant(tenant, (tx) => tx.select().from(channelHours).orderBy(channelHours.hour));
    const before = await read();
    expect(before).toHaveLength(28 * 14);
    expect(before[0]).toMatchObject({ events: 3 });
    clock.advance(hour);
    const later = new Date("2026-11-18T10:15:00Z");
    await withTenant(tenant, (tx) =>
      tx
        .insert(webhookLogVolumes)
        .values([counted(later, "ignored"), { ...counted(later, "rejected"), reason: "signature_mismatch" }]),
    );
    await countChannelHours(ctx);
    expect(await read()).toEqual(before);
    await withTenant(tenant, (tx) =>
      tx.insert(webhookLogVolumes).values(counted(new Date(lastEvening.getTime() + 900_000))),
    );
    await countChannelHours(ctx);
    expect((await read()).at(-1)).toMatchObject({ hour: lastEvening, events: 6 });
    await withTenant(tenant, (tx) => tx.insert(webhookLogVolumes).values(counted(new Date("2026-12-20T10:00:00Z"))));
    clock.advance(40 * day);
    await countChannelHours(ctx);
    expect((await read())[0]!.hour.getTime()).toBeGreaterThanOrEqual(Date.parse("2026-11-15T10:00:00Z"));
  });
});

describe("a channel that fell silent", () => {
  it("is told of once with what the provider says, and shown as silent", async () => {
    const { ctx, open, clock } = await quietChannel();
    let asked = 0;
    const ask = () => {
      asked += 1;
      return Promise.resolve([line("credential", "pass", null), line("webhook", "fail", "webhook_differs")]);
    };
    await watchSilence(ctx, ask);
    expect(await open()).toEqual([{ kind: "channel_silent", since, cause: "webhook_changed" }]);
    expect((await listChannels(ctx))[0]!.health).toBe("silent");
    clock.advance(hour);
    await watchSilence(ctx, ask);
    expect([await open(), asked]).toMatchObject([[{ cause: "webhook_changed" }], 1]);
  });

  it("is not told of over a night", async () => {
    const { ctx, open } = await quietChannel("2026-11-18T07:00:00Z");
    await watchSilence(ctx, nothingAmiss);
    expect(await open()).toEqual([]);
  });

  it("is over when a customer writes, not when our own test arrives", async () => {
    const { ctx, channelId, open, clock } = await quietChannel();
    await watchSilence(ctx, nothingAmiss);
    await recordChannelHealth(ctx, { channelId, inboundAt: clock.now(), spoke: false });
    expect(await open()).toHaveLength(1);
    clock.advance(60_000);
    await recordChannelHealth(ctx, { channelId, inboundAt: clock.now(), spoke: true });
    expect(await open()).toEqual([]);
    expect((await listChannels(ctx))[0]!.health).toBe("healthy");
  });

  it("is told of no more once it is paused or gone", async () => {
    const paused = await quietChannel();
    await watchSilence(paused.ctx, nothingAmiss);
    await enableChannel(paused.ctx, { channelId: paused.channelId, enabled: false });
    expect(await paused.open()).toEqual([]);
    await watchSilence(paused.ctx, nothingAmiss);
    expect(await paused.open()).toEqual([]);
    const gone = await quietChannel();
    await watchSilence(gone.ctx, nothingAmiss);
    await deleteChannel(gone.ctx, { channelId: gone.channelId });
    expect(await gone.open()).toEqual([]);
  });

  it("never speaks of another tenant's channel", async () => {
    const one = await quietChannel();
    const other = await quietChannel();
    await watchSilence(one.ctx, nothingAmiss);
    expect([await one.open(), await other.open()]).toMatchObject([[{ kind: "channel_silent" }], []]);
  });
});

describe("its likely cause", () => {
  const refused = (row: Partial<typeof channelConfigurations.$inferInsert>) => row;
  it.each([
    ["token_expired", refused({ tokenExpiresAt: new Date("2026-11-17T22:00:00Z") })],
    ["account_restricted", refused({ sendingBlocked: "account_restricted" })],
    ["credentials_refused", refused({ sendingBlocked: "credentials_refused" })],
    ["mailbox_failing", refused({ lastErrorReason: "mailbox_login_refused", lastErrorAt: lastEvening })],
  ])("is %s where we know it ourselves, without asking", async (cause, row) => {
    const { ctx, open, set } = await quietChannel();
    await set(row);
    await watchSilence(ctx, () => Promise.reject(new Error("nobody should be asked")));
    expect(await open()).toMatchObject([{ cause }]);
  });

  it("is the signature where events were refused for it since", async () => {
    const { ctx, tenant, channelId, open, clock } = await quietChannel();
    const receivedAt = new Date(clock.now().getTime() - hour);
    await database.owner`select door.make_log_partitions(${receivedAt.toISOString()}::date, 1)`;
    await database.owner.begin(async (sql) => {
      await sql`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
      await sql`
        insert into webhook_logs (tenant_id, id, channel_id, platform, webhook_type, payload, dedupe_key, status, reason,
                                  received_at)
        values (${tenant.tenantId}, ${newId(receivedAt.getTime())}, ${channelId}, 'whatsapp', 'message.text', '{}', 'x',
                'rejected', 'signature_mismatch', ${receivedAt})`;
    });
    await watchSilence(ctx, nothingAmiss);
    expect(await open()).toMatchObject([{ cause: "signature_refused" }]);
  });

  it.each([
    ["credentials_refused", [line("credential", "fail", "token_rejected"), line("webhook", "unknown", "not_checked")]],
    ["not_subscribed", [line("credential", "pass", null), line("subscription", "fail", "app_not_subscribed")]],
    ["provider_unreachable", [line("credential", "unknown", "provider_unreachable")]],
    ["unknown", [line("credential", "pass", null), line("webhook", "unknown", "webhook_not_shown")]],
  ] as const)("is %s where the provider's answers say so", async (cause, lines) => {
    const { ctx, open } = await quietChannel();
    await watchSilence(ctx, () => Promise.resolve([...lines]));
    expect(await open()).toMatchObject([{ cause }]);
  });

  it("is unknown where asking fails", async () => {
    const { ctx, open } = await quietChannel();
    await watchSilence(ctx, () => Promise.reject(new Error("gone")));
    expect(await open()).toMatchObject([{ cause: "unknown" }]);
  });
});
