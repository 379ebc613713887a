import { and, eq, isNull } from "drizzle-orm";
import { expect, test } from "vitest";
import { createChannel, createTenant, testConfig } from "#db/factories.ts";
import { alerts } from "#db/schema/alerts.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { currentConfig, useConfig } from "#server/core/config.ts";
import { closedAddress } from "#server/providers/testing-vendor.ts";
import { openPlatforms, openShop } from "#server/domains/platform-connections/testing.ts";
import { careForTokensJob, channelAccess, connectChannel, renewToken } from "./jobs.ts";

await testDatabase();
const instagram = await openPlatforms();
const { state, clock } = instagram;
const day = 86_400_000;

/** A channel with a token copied by hand, which the stand-in knows. */
async function shop() {
  const made = await openShop(instagram);
  const channel = await createChannel(made.tenant, { provider: "instagram", simulated: true });
  instagram.standIn.addAccount(channel.credentials);
  const { channelId } = channel;
  const row = async () =>
    (
      await withTenant(made.tenant, (tx) =>
        tx.select().from(channelConfigurations).where(eq(channelConfigurations.id, channelId)),
      )
    )[0]!;
  const openAlerts = () =>
    withTenant(made.tenant, (tx) =>
      tx
        .select()
        .from(alerts)
        .where(and(isNull(alerts.resolvedAt), eq(alerts.channelId, channelId))),
    );
  const set = (values: Partial<typeof channelConfigurations.$inferInsert>) =>
    withTenant(made.tenant, (tx) =>
      tx.update(channelConfigurations).set(values).where(eq(channelConfigurations.id, channelId)),
    );
  const token = async () => (await channelAccess(made.ctx, channelId)).credentials.access_token;
  return { ...made, channel, channelId, row, openAlerts, set, token };
}

const sweep = () => careForTokensJob.run({ clock, signal: new AbortController().signal });
const renewals = () => state.asked.filter((asked) => asked === "GET /refresh_access_token").length;

test("a token copied by hand is renewed once its end is near or not known, by one worker", async () => {
  const { job, channelId, row, token } = await shop();
  const before = await token();
  state.asked = [];
  await Promise.all([renewToken(job, channelId), renewToken(job, channelId), renewToken(job, channelId)]);
  expect(renewals()).toBe(1);
  const fresh = await token();
  expect(fresh).toMatch(/^IGAA/);
  expect(fresh).not.toBe(before);
  const { tokenExpiresAt, tokenDueAt } = await row();
  expect(tokenExpiresAt!.getTime() - tokenDueAt!.getTime()).toBe(14 * day);
  await renewToken(job, channelId);
  expect(renewals()).toBe(1);
});

test("the sweep finds it, and warns a week ahead of a token that could not be renewed; a fresh one ends the warning", async () => {
  const { ctx, channelId, set, openAlerts, channel } = await shop();
  const config = currentConfig();
  const expiresAt = new Date(state.now + 5 * day);
  await set({ tokenExpiresAt: expiresAt });
  useConfig(testConfig({ ...config, publicUrl: await closedAddress() }));
  await sweep();
  const told = { kind: "token_expiring", severity: "warning", data: { expiresAt: expiresAt.toISOString() } };
  expect(await openAlerts()).toMatchObject([told]);
  state.now += 4 * day;
  await sweep();
  useConfig(config);
  expect(await openAlerts()).toMatchObject([{ ...told, severity: "critical" }]);
  state.now += 7 * 3_600_000;
  await sweep();
  expect(await openAlerts()).toEqual([]);

  await set({ tokenExpiresAt: new Date(state.now + day), tokenDueAt: new Date(state.now + day) });
  await sweep();
  expect(await openAlerts()).toHaveLength(1);
  await connectChannel(ctx, {
    channelId,
    credentials: { ...channel.credentials, access_token: "IGAA-un-autre-jeton" },
  });
  expect(await openAlerts()).toEqual([]);
});

test("a token that is refused for certain stops sending and says so; one entered meanwhile stays", async () => {
  const { job, ctx, channelId, row, token, channel, set } = await shop();
  instagram.standIn.faults?.set(channel.credentials.business_account_id!, "token_revoked", true);
  await renewToken(job, channelId);
  expect(await row()).toMatchObject({ sendingBlocked: "credentials_refused", tokenExpiresAt: null });
  instagram.standIn.faults?.set(channel.credentials.business_account_id!, "token_revoked", false);

  await set({ sendingBlocked: null, tokenDueAt: null });
  const entered = "IGAA-entre-pendant-ce-temps";
  const renewing = renewToken(job, channelId);
  await connectChannel(ctx, { channelId, credentials: { ...channel.credentials, access_token: entered } });
  await renewing;
  expect(await token()).toBe(entered);
});

test("a token of a connection is left to it, and another tenant's channel is not touched", async () => {
  const { connect, ctx, channelId, job } = await shop();
  state.asked = [];
  const elsewhere = await createTenant();
  await renewToken({ ...job, tenantId: elsewhere.tenantId }, channelId);
  expect(renewals()).toBe(0);
  const other = await shop();
  await other.connect();
  await connect();
  const { connectionId } = await connect();
  await withTenant(ctx, (tx) =>
    tx.update(channelConfigurations).set({ connectionId }).where(eq(channelConfigurations.id, channelId)),
  );
  await renewToken(job, channelId);
  expect(renewals()).toBe(0);
});
