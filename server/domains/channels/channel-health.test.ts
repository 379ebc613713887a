import { expect, test } from "vitest";
import { createChannel, createTenant, systemCtx } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { getChannel } from "./get-channel.ts";
import type { HealthSigns } from "./channel-health.ts";
import { healthOf } from "./channel-health.ts";
import { listChannels } from "./list-channels.ts";
import { recordChannelHealth } from "./record-channel-health.ts";

const database = await testDatabase();
const now = new Date("2026-11-21T12:00:00Z");
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const well: HealthSigns = {
  configured: true,
  enabled: true,
  setupStep: "done",
  lastWebhookAt: ago(1),
  lastOutboundAt: ago(1),
  lastErrorAt: null,
  lastErrorReason: null,
  sendingBlocked: null,
  silent: false,
};

test.each<[string, Partial<HealthSigns>]>([
  ["setup", { configured: false }],
  ["paused", { enabled: false }],
  ["healthy", {}],
  ["waiting", { lastWebhookAt: null }],
  ["healthy", { lastWebhookAt: ago(24 * 8) }],
  ["silent", { silent: true }],
  ["action_needed", { sendingBlocked: "credentials_refused" }],
  ["action_needed", { lastErrorAt: ago(0.5), lastErrorReason: "credentials_refused" }],
  ["action_needed", { lastErrorAt: ago(72), lastErrorReason: "credentials_refused", lastOutboundAt: null }],
  ["healthy", { lastErrorAt: ago(2), lastErrorReason: "credentials_refused" }],
  ["degraded", { lastErrorAt: ago(0.5), lastErrorReason: "rate_limited" }],
  ["healthy", { lastErrorAt: ago(30), lastErrorReason: "rate_limited", lastOutboundAt: null }],
  ["action_needed", { lastErrorAt: ago(0.5), lastErrorReason: "signature_mismatch" }],
])("%s: %o", (health, signs) => {
  expect(healthOf({ ...well, ...signs }, now)).toBe(health);
});

test("signs are noted: success rarely, errors always, and a success after an error makes well again", async () => {
  const tenant = await createTenant();
  const { channelId } = await createChannel(tenant);
  const clock = fixedClock(now);
  const ctx = systemCtx(tenant, clock);
  const state = async () => (await listChannels(ctx))[0];
  await recordChannelHealth(ctx, { channelId, inboundAt: clock.now() });
  expect(await state()).toMatchObject({ health: "healthy", lastWebhookAt: now });
  clock.advance(5_000);
  await recordChannelHealth(ctx, { channelId, inboundAt: clock.now() });
  expect((await state())?.lastWebhookAt).toEqual(now);
  await recordChannelHealth(ctx, { channelId, error: { reason: "credentials_refused", detail: "190 · expired" } });
  expect(await state()).toMatchObject({
    health: "action_needed",
    lastError: { reason: "credentials_refused", detail: "190 · expired" },
  });
  clock.advance(1_000);
  await recordChannelHealth(ctx, { channelId, outboundAt: clock.now() });
  expect(await state()).toMatchObject({ health: "healthy", lastError: null });
});

test("a refused signature asks the admin to act until something signed comes in", async () => {
  const tenant = await createTenant();
  const { channelId } = await createChannel(tenant);
  const clock = fixedClock(new Date());
  const ctx = systemCtx(tenant, clock);
  await database.owner`select door.make_log_partitions(current_date - 1, 3)`;
  await database.owner.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
    await sql`
      insert into webhook_logs (tenant_id, id, channel_id, platform, webhook_type, payload, status, reason, dedupe_key, received_at)
      values (${tenant.tenantId}, ${newId()}, ${channelId}, 'whatsapp', 'message.text', '{}', 'rejected', 'signature_mismatch', 'x', ${clock.now()})`;
  });
  expect((await listChannels(ctx))[0]).toMatchObject({
    health: "action_needed",
    lastError: { reason: "signature_mismatch" },
  });
  expect(await getChannel(ctx, { channelId })).toMatchObject({ health: "action_needed" });
  clock.advance(1_000);
  await recordChannelHealth(ctx, { channelId, inboundAt: clock.now() });
  expect((await listChannels(ctx))[0]).toMatchObject({ health: "healthy", lastError: null });
});

test("another tenant's sign is not noted", async () => {
  const tenant = await createTenant();
  const { channelId } = await createChannel(tenant);
  await recordChannelHealth(systemCtx(await createTenant()), { channelId, error: { reason: "credentials_refused" } });
  expect((await listChannels(systemCtx(tenant)))[0]?.lastError).toBeNull();
});
