import { describe, expect, test } from "vitest";
import { createMember, createTenant } from "#db/factories.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { memberId } from "#server/core/context.ts";
import { channelAccess } from "#server/domains/channels/index.ts";
import { whatsapp } from "#server/providers/whatsapp/index.ts";
import { beginSignIn, disconnect, finishSignIn, lookAfter, openChannelOf, useChosenAccount } from "./jobs.ts";
import { listConnections } from "./list-connections.ts";
import { platformStatus } from "./platform-status.ts";
import { answer, openPlatforms, openShop } from "./testing.ts";

await testDatabase();
const platforms = await openPlatforms();
const { state, clock } = platforms;
const open = () => openShop(platforms);
type Shop = Awaited<ReturnType<typeof open>>;

const day = 86_400_000;
const tokenOf = async (shop: Shop, channelId: string) =>
  (await channelAccess(shop.ctx, channelId)).credentials.access_token;

describe("WhatsApp", () => {
  let shops = 10;
  const numbers = () => [`+33 1 99 ${++shops} 66 10`, `+33 1 99 ${shops} 66 11`];
  const signIn = async (shop: Shop, opened: string[]) => {
    const { url } = await beginSignIn(shop.ctx, shop.tenant.slug, { platform: "whatsapp" });
    const fields = { business: `Atelier ${shop.tenant.slug}`, numbers: opened.join(", ") };
    const back = await answer(new URL(url), "allow", fields);
    return finishSignIn(shop.ctx, { platform: "whatsapp", ...back });
  };

  test("a sign-in that opens several numbers waits for a choice; the number chosen becomes a channel that sends", async () => {
    const shop = await open();
    const [first, second] = numbers() as [string, string];
    const { connectionId, chosen } = await signIn(shop, [first, second]);
    expect(chosen).toBe(false);
    const [waiting] = await listConnections(shop.ctx);
    expect(waiting).toMatchObject({ accountId: null, choices: [{ name: first }, { name: second }] });
    await useChosenAccount(shop.ctx, { connectionId, accountId: waiting!.choices[1]!.id });
    const { channelId } = await openChannelOf(shop.ctx, { connectionId });
    const told = await withTenant(shop.ctx, (tx) => tx.select().from(auditLog).orderBy(auditLog.id));
    expect(told.slice(0, 3)).toMatchObject([
      { action: "connection.create", entityId: connectionId, actorId: memberId(shop.ctx) },
      { action: "connection.choose", entityId: connectionId, actorId: memberId(shop.ctx) },
      { action: "channel.create", entityId: channelId, actorId: memberId(shop.ctx) },
    ]);
    const { credentials, apiBaseUrl } = await channelAccess(shop.ctx, channelId);
    expect(credentials).toMatchObject({ display_phone_number: second, phone_number_id: waiting!.choices[1]!.id });
    platforms.whatsapp.addAccount(credentials);
    const message = { id: "m", text: "Bonjour", replyToId: null, statusCallbackUrl: null };
    const sent = await whatsapp.send(
      { channelId, tenantId: shop.tenant.tenantId, credentials, apiBaseUrl },
      { ...message, to: { kind: "phone", value: "+33639986601" } },
    );
    expect(sent).toMatchObject({ outcome: "accepted" });

    const again = await signIn(shop, [first, second]);
    expect(await useChosenAccount(shop.ctx, { ...again, accountId: credentials.phone_number_id! })).toEqual({
      connectionId,
    });
    expect(await listConnections(shop.ctx)).toMatchObject([{ id: connectionId, choices: [] }]);
  });

  test("is renewed ahead of its end, and disconnected without a word to Meta about the other number", async () => {
    const shop = await open();
    const [only] = numbers() as [string];
    const { connectionId } = await signIn(shop, [only]);
    const { channelId } = await openChannelOf(shop.ctx, { connectionId });
    const before = await tokenOf(shop, channelId);
    state.now += 50 * day;
    await lookAfter(shop.job, connectionId);
    const fresh = await tokenOf(shop, channelId);
    expect(fresh).not.toBe(before);
    await disconnect(shop.ctx, { connectionId });
    const { clientId, clientSecret } = whatsapp.oauth.standIn;
    const base = platforms.apiBaseUrl.replace("instagram", "whatsapp");
    const query = new URLSearchParams({ input_token: fresh!, access_token: `${clientId}|${clientSecret}` });
    const known = await fetch(`${base}/v23.0/debug_token?${query}`);
    expect(await known.json()).toMatchObject({ data: { is_valid: true } });
  });
});

test("every platform says whether it is connected, and how each of its accounts is doing", async () => {
  const shop = await open();
  expect(await platformStatus(shop.ctx)).toEqual([
    { platform: "instagram", connected: false, signIn: "simulated", accounts: [] },
    { platform: "whatsapp", connected: false, signIn: "simulated", accounts: [] },
  ]);
  const { connectionId } = await shop.connect();
  const { channelId } = await openChannelOf(shop.ctx, { connectionId });
  const [connected] = await platformStatus(shop.ctx);
  expect(connected).toMatchObject({
    connected: true,
    accounts: [{ connectionId, name: shop.username, status: "active", channelIds: [channelId] }],
  });
  await disconnect(shop.ctx, { connectionId });
  expect((await platformStatus(shop.ctx))[0]).toMatchObject({ connected: false, accounts: [{ status: "revoked" }] });
  const stranger = await createMember(await createTenant(), "owner", { clock });
  expect((await platformStatus(stranger.ctx))[0]).toMatchObject({ connected: false, accounts: [] });
});
