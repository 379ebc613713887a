import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { createChannel, createConversation, createMember, createTenant, testConfig } from "#db/factories.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { connectionAttempts, platformConnections } from "#db/schema/connections.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { appPool, withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { currentConfig, useConfig } from "#server/core/config.ts";
import { beginChannel, blockSending, channelAccess, connectChannel } from "#server/domains/channels/index.ts";
import { closedAddress } from "#server/providers/testing-vendor.ts";
import { chooseAccount } from "./choose-account.ts";
import { doubtConnection } from "./doubt-connection.ts";
import { disconnect, finishSignIn, lookAfter, openChannelOf, platformChoices } from "./jobs.ts";
import { listConnections } from "./list-connections.ts";
import { findDueConnections } from "./sweep-connections.ts";
import { answer, openPlatforms, openShop } from "./testing.ts";

await testDatabase();
const instagram = await openPlatforms();
const { state, clock } = instagram;
const open = () => openShop(instagram);
type Shop = Awaited<ReturnType<typeof open>>;

const day = 86_400_000;
const rows = (shop: Shop) => withTenant(shop.tenant, (tx) => tx.select().from(platformConnections));
const channelRow = async (shop: Shop, channelId: string) =>
  (
    await withTenant(shop.tenant, (tx) =>
      tx.select().from(channelConfigurations).where(eq(channelConfigurations.id, channelId)),
    )
  )[0]!;
const tokenOf = async (shop: Shop, channelId: string) =>
  (await channelAccess(shop.ctx, channelId)).credentials.access_token;
const reason = (expected: string) => expect.objectContaining({ reason: expected });

describe("signing in", () => {
  test("connects an account: its tokens are sealed, its end is known, and no answer carries them", async () => {
    const shop = await open();
    const { connectionId, chosen } = await shop.connect();
    expect(chosen).toBe(true);
    const [row] = await rows(shop);
    expect(row).toMatchObject({ id: connectionId, status: "active", accountName: shop.username });
    expect(row!.expiresAt!.getTime() - state.now).toBe(60 * day);
    expect(row!.accessToken).toMatch(/^v1\./);
    expect(JSON.stringify(await listConnections(shop.ctx))).not.toMatch(/IGAA|v1\./);
    const [trace] = await withTenant(shop.tenant, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.action, "connection.create")),
    );
    expect(trace).toMatchObject({ entityId: connectionId, actorId: shop.admin.userId });
  });

  test("asks with PKCE and a state that is kept as its hash", async () => {
    const shop = await open();
    const page = await shop.begin();
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      response_type: "code",
      code_challenge_method: "S256",
      redirect_uri: expect.stringMatching(/\/connections\/instagram\/callback$/),
    });
    const attempts = await withTenant(shop.tenant, (tx) => tx.select().from(connectionAttempts));
    const asked = page.searchParams.get("state")!;
    expect(asked.startsWith(`${shop.tenant.slug}.`)).toBe(true);
    expect(JSON.stringify(attempts)).not.toContain(asked);
    expect(attempts[0]!.verifier).toMatch(/^v1\./);
  });

  test("a state is good once, for ten minutes, for whoever began", async () => {
    const shop = await open();
    const finish = (ctx: Shop["ctx"], back: { state: string; code: string | null }) =>
      finishSignIn(ctx, { platform: "instagram", ...back });
    const used = await answer(await shop.begin(), "allow", { username: shop.username });
    await finish(shop.ctx, used);
    await expect(finish(shop.ctx, used)).rejects.toThrow(reason("sign_in_used"));
    await expect(finish(shop.ctx, { ...used, state: `${used.state}x` })).rejects.toThrow(reason("sign_in_unknown"));

    const mine = await answer(await shop.begin(), "allow", { username: shop.username });
    const other = await createMember(shop.tenant, "admin", { clock });
    await expect(finish(other.ctx, mine)).rejects.toThrow(reason("sign_in_unknown"));
    const elsewhere = await createMember(await createTenant(), "owner", { clock });
    await expect(finish(elsewhere.ctx, mine)).rejects.toThrow(reason("sign_in_unknown"));
    expect((await finish(shop.ctx, mine)).chosen).toBe(true);

    const late = await answer(await shop.begin(), "allow", { username: shop.username });
    state.now += 11 * 60_000;
    await expect(finish(shop.ctx, late)).rejects.toThrow(reason("sign_in_expired"));
  });

  test("a code that was given to another sign-in does not fit this one's verifier", async () => {
    const shop = await open();
    const [one, two] = [await shop.begin(), await shop.begin()];
    const stolen = await answer(one, "allow", { username: shop.username });
    const own = await answer(two, "allow", { username: shop.username });
    const mixed = finishSignIn(shop.ctx, { platform: "instagram", state: own.state, code: stolen.code });
    await expect(mixed).rejects.toThrow(reason("sign_in_refused"));
    expect(await rows(shop)).toEqual([]);
  });

  test("an owner who says no leaves nothing behind", async () => {
    const shop = await open();
    const back = await answer(await shop.begin(), "deny", { username: shop.username });
    await expect(finishSignIn(shop.ctx, { platform: "instagram", ...back })).rejects.toThrow(reason("sign_in_denied"));
    expect(await rows(shop)).toEqual([]);
  });

  test("the same account again is the same connection", async () => {
    const shop = await open();
    const first = await shop.connect();
    const second = await shop.connect();
    expect(second.connectionId).toBe(first.connectionId);
    expect(await rows(shop)).toHaveLength(1);
  });

  test("where no app is registered and no simulator runs, it says so", async () => {
    const shop = await open();
    const config = currentConfig();
    expect(platformChoices()).toContainEqual({ platform: "instagram", how: "simulated" });
    useConfig(testConfig({ ...config, simulator: false }));
    expect(platformChoices()).toContainEqual({ platform: "instagram", how: "off" });
    await expect(shop.begin()).rejects.toThrow(reason("sign_in_not_configured"));
    useConfig(
      testConfig({
        ...config,
        simulator: false,
        connectApps: { ...config.connectApps, instagram: { id: "1", secret: "s" } },
      }),
    );
    expect(platformChoices()).toContainEqual({ platform: "instagram", how: "app" });
    expect((await shop.begin()).origin).toBe("https://www.instagram.com");
    useConfig(config);
  });
});

describe("channels of a connection", () => {
  test("one is made with the account's own credentials and works", async () => {
    const shop = await open();
    const { connectionId } = await shop.connect();
    const { channelId } = await openChannelOf(shop.ctx, { connectionId });
    expect(await channelRow(shop, channelId)).toMatchObject({
      connectionId,
      configured: true,
      simulated: true,
      displayPhoneNumber: `@${shop.username}`,
      tokenExpiresAt: new Date(state.now + 60 * day),
    });
    expect(await tokenOf(shop, channelId)).toMatch(/^IGAA/);
    expect(await openChannelOf(shop.ctx, { connectionId })).toEqual({ channelId });
    expect(await listConnections(shop.ctx)).toMatchObject([{ channels: [{ id: channelId, blocked: false }] }]);
  });

  test("a channel that nobody wrote to becomes the account's; another account takes no conversations over", async () => {
    const shop = await open();
    const { channelId } = await beginChannel(shop.ctx, { provider: "instagram", name: "Nouveau", simulated: false });
    await shop.connect(channelId);
    expect(await channelRow(shop, channelId)).toMatchObject({
      simulated: true,
      configured: true,
      displayPhoneNumber: `@${shop.username}`,
    });
    const used = await createChannel(shop.tenant, { provider: "instagram", simulated: true });
    await createConversation(shop.tenant, { channel: used });
    await expect(shop.connect(used.channelId, "un.autre.compte")).rejects.toThrow(reason("connection_other_account"));
    expect(await channelRow(shop, used.channelId)).toMatchObject({ connectionId: null });
  });

  test("a token that is entered by hand is no connection's any more", async () => {
    const shop = await open();
    const { connectionId } = await shop.connect();
    const { channelId } = await openChannelOf(shop.ctx, { connectionId });
    await connectChannel(shop.ctx, { channelId, credentials: { access_token: "IGAA-un-jeton-copie" } });
    expect(await channelRow(shop, channelId)).toMatchObject({ connectionId: null, tokenExpiresAt: null });
    state.now += 47 * day;
    await lookAfter(shop.job, connectionId);
    expect(await tokenOf(shop, channelId)).toBe("IGAA-un-jeton-copie");
  });
});

describe("renewing", () => {
  test("happens ahead of the end, and the fresh token reaches the channels", async () => {
    const shop = await open();
    const { connectionId } = await shop.connect();
    const { channelId } = await openChannelOf(shop.ctx, { connectionId });
    const before = await tokenOf(shop, channelId);
    const isDue = async () => (await findDueConnections(clock)).some((due) => due.connectionId === connectionId);
    expect(await isDue()).toBe(false);
    state.now += 47 * day;
    expect(await isDue()).toBe(true);
    await lookAfter(shop.job, connectionId);
    expect(await tokenOf(shop, channelId)).not.toBe(before);
    const end = new Date(state.now + 60 * day);
    expect(await rows(shop)).toMatchObject([{ status: "active", expiresAt: end, renewingUntil: null }]);
    expect(await channelRow(shop, channelId)).toMatchObject({ tokenExpiresAt: end });
  });

  test("is done once where two workers come at once, and again after one that died", async () => {
    const shop = await open();
    const { connectionId } = await shop.connect();
    state.now += 50 * day;
    state.asked = [];
    await Promise.all([
      lookAfter(shop.job, connectionId),
      lookAfter(shop.job, connectionId),
      lookAfter(shop.job, connectionId),
    ]);
    const renewals = () => state.asked.filter((asked) => asked === "GET /refresh_access_token").length;
    expect(renewals()).toBe(1);

    state.now += 50 * day;
    const dead = new Date(state.now + 60_000);
    await withTenant(shop.tenant, (tx) => tx.update(platformConnections).set({ renewingUntil: dead }));
    await lookAfter(shop.job, connectionId);
    expect(renewals()).toBe(1);
    state.now += 2 * 60_000;
    await lookAfter(shop.job, connectionId);
    expect(renewals()).toBe(2);
  });

  test("a token that was taken back ends the connection, and its channel says so until it is made again", async () => {
    const shop = await open();
    const { connectionId } = await shop.connect();
    const { channelId } = await openChannelOf(shop.ctx, { connectionId });
    const { accountId } = await channelRow(shop, channelId);
    await fetch(`${instagram.apiBaseUrl}/oauth/permissions`, {
      method: "POST",
      body: new URLSearchParams({ account: accountId! }),
    });
    // What the sending job does when the platform refuses the token.
    await blockSending(shop.job, { channelId, reason: "credentials_refused", detail: "190" });
    await doubtConnection(shop.job, { channelId });
    const [asked] = await appPool()`select data from pgboss.job where name = 'connections.look_after'
      and data->>'connectionId' = ${connectionId}`;
    expect(asked?.data).toEqual({ tenantId: shop.tenant.tenantId, connectionId });
    await lookAfter(shop.job, connectionId);
    expect(await rows(shop)).toMatchObject([{ status: "revoked", lastError: expect.stringContaining("invalidated") }]);
    expect(await channelRow(shop, channelId)).toMatchObject({
      sendingBlocked: "connection_lost",
      tokenExpiresAt: null,
    });

    await shop.connect(channelId);
    expect(await rows(shop)).toMatchObject([{ status: "active", lastError: null }]);
    expect(await channelRow(shop, channelId)).toMatchObject({ sendingBlocked: null, lastErrorReason: null });
  });

  test("a platform that does not answer changes nothing but the last word; a token past its end is over", async () => {
    const shop = await open();
    const { connectionId } = await shop.connect();
    const config = currentConfig();
    state.now += 55 * day;
    useConfig(testConfig({ ...config, publicUrl: await closedAddress() }));
    await lookAfter(shop.job, connectionId);
    useConfig(config);
    expect(await rows(shop)).toMatchObject([{ status: "active", lastError: "ECONNREFUSED", renewingUntil: null }]);
    state.now += 10 * day;
    await lookAfter(shop.job, connectionId);
    expect(await rows(shop)).toMatchObject([{ status: "expired" }]);
  });
});

describe("disconnecting", () => {
  test("takes the tokens away, tells the platform, and its channels say what to do", async () => {
    const shop = await open();
    const { connectionId } = await shop.connect();
    const { channelId } = await openChannelOf(shop.ctx, { connectionId });
    state.asked = [];
    await disconnect(shop.ctx, { connectionId });
    expect(state.asked).toEqual([expect.stringMatching(/^DELETE .*subscribed_apps$/)]);
    expect(await rows(shop)).toMatchObject([{ status: "revoked", accessToken: null, refreshToken: null }]);
    expect(await channelRow(shop, channelId)).toMatchObject({ sendingBlocked: "connection_lost" });
    await expect(openChannelOf(shop.ctx, { connectionId })).rejects.toThrow(reason("connection_lost"));
  });

  test("of another tenant is not found, whatever is asked", async () => {
    const shop = await open();
    const { connectionId } = await shop.connect();
    const stranger = await createMember(await createTenant(), "owner", { clock });
    const nothing = expect.objectContaining({ code: "not_found" });
    await expect(disconnect(stranger.ctx, { connectionId })).rejects.toThrow(nothing);
    await expect(openChannelOf(stranger.ctx, { connectionId })).rejects.toThrow(nothing);
    await expect(chooseAccount(stranger.ctx, { connectionId, accountId: "1" })).rejects.toThrow(nothing);
    expect(await listConnections(stranger.ctx)).toEqual([]);
    expect(await rows(shop)).toMatchObject([{ status: "active" }]);
  });
});
