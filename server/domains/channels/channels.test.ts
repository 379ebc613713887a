import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  createChannel as makeChannel,
  createConversation,
  createMember,
  createTenant,
  systemCtx,
  testConfig,
} from "#db/factories.ts";
import { callLogs } from "#db/schema/calls.ts";
import { channelConfigurations, channelRoutingKeys } from "#db/schema/channels.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { useConfig } from "#server/core/config.ts";
import { readKeyRing } from "#server/core/crypto.ts";
import { newId } from "#server/core/ids.ts";
import { deleteChannel } from "./delete-channel.ts";
import { enableChannel } from "./enable-channel.ts";
import { getChannel } from "./get-channel.ts";
import { beginChannel, channelAccess, connectChannel, openSimulatedChannels } from "./jobs.ts";
import { listChannels } from "./list-channels.ts";
import { updateChannel } from "./update-channel.ts";
import { revealVerifyToken, webhookAddress } from "./webhook-address.ts";

const database = await testDatabase();
useConfig(testConfig());

const whatsapp = (phoneNumberId: string, account = "102290129340398") => ({
  display_phone_number: "+33 1 99 00 12 34",
  phone_number_id: phoneNumberId,
  business_account_id: account,
  access_token: "EAAGplanted-access-token",
  app_secret: "planted-app-secret-000001",
});

async function connected(phoneNumberId: string, account?: string) {
  const tenant = await createTenant();
  const { ctx } = await createMember(tenant, "admin");
  const { channelId } = await beginChannel(ctx, { provider: "whatsapp", name: "Boutique", simulated: false });
  await connectChannel(ctx, { channelId, credentials: whatsapp(phoneNumberId, account) });
  return { tenant, ctx, channelId };
}

test("connecting seals the credentials, claims the routing keys and leaves a trace without secrets", async () => {
  const { tenant, ctx, channelId } = await connected("100000000000001", "200000000000001");
  const rows = await withTenant(tenant, async (tx) => ({
    channel: await tx.select().from(channelConfigurations),
    keys: (await tx.select().from(channelRoutingKeys)).map((row) => row.key),
    audit: await tx.select().from(auditLog),
  }));
  expect(rows.keys.filter((key) => !key.startsWith("hook:")).toSorted()).toEqual([
    "whatsapp:account:200000000000001",
    "whatsapp:number:100000000000001",
  ]);
  expect(rows.keys.filter((key) => key.startsWith("hook:"))).toHaveLength(1);
  expect(rows.audit.map((row) => row.action)).toEqual(["channel.create", "channel.connect"]);
  expect(rows.channel[0]).toMatchObject({
    configured: true,
    phoneNumberId: "100000000000001",
    accountId: "200000000000001",
    webhookStatus: "active",
    setupStep: "webhook",
  });
  expect(JSON.stringify(rows)).not.toContain("planted");
  expect((await channelAccess(ctx, channelId)).credentials).toMatchObject(
    whatsapp("100000000000001", "200000000000001"),
  );
});

test("answers show which secrets are kept and their last four characters, never more", async () => {
  const { ctx, channelId } = await connected("100000000000002", "200000000000002");
  const { verifyToken } = await revealVerifyToken(ctx, { channelId });
  const answers = JSON.stringify([
    await getChannel(ctx, { channelId }),
    await listChannels(ctx),
    await webhookAddress(ctx, { channelId }),
  ]);
  expect(answers).not.toContain("planted");
  expect(answers).not.toContain(verifyToken);
  expect((await getChannel(ctx, { channelId })).secrets).toMatchObject({ access_token: "oken", app_secret: "0001" });
});

test("an empty secret keeps the old one; a wrong field is named", async () => {
  const { ctx, channelId } = await connected("100000000000003", "200000000000003");
  await connectChannel(ctx, {
    channelId,
    credentials: { display_phone_number: "+33 1 99 00 99 99", access_token: "" },
  });
  expect((await channelAccess(ctx, channelId)).credentials).toMatchObject({
    access_token: "EAAGplanted-access-token",
    display_phone_number: "+33 1 99 00 99 99",
  });
  await expect(
    connectChannel(ctx, { channelId, credentials: { phone_number_id: "not a number" } }),
  ).rejects.toMatchObject({
    code: "invalid",
    fields: { phone_number_id: "invalid_format" },
  });
  const fresh = await beginChannel(ctx, { provider: "twilio", name: "SMS", simulated: false });
  await expect(connectChannel(ctx, { channelId: fresh.channelId, credentials: {} })).rejects.toMatchObject({
    fields: { account_sid: "required", auth_token: "required" },
  });
});

test("a routing key that another business holds is refused, and nothing says whose it is", async () => {
  const owner = await connected("100000000000004", "200000000000004");
  const tenant = await createTenant();
  const { ctx } = await createMember(tenant, "admin");
  const { channelId } = await beginChannel(ctx, { provider: "whatsapp", name: "Autre", simulated: false });
  const refusal = await connectChannel(ctx, { channelId, credentials: whatsapp("100000000000004") }).catch(
    (error: unknown) => error,
  );
  expect(refusal).toMatchObject({ code: "conflict", reason: "routing_key_taken", fields: {} });
  expect(JSON.stringify(refusal)).not.toContain(owner.tenant.tenantId);
  expect(await getChannel(ctx, { channelId })).toMatchObject({ configured: false, health: "setup" });
});

test("two numbers of one business account share its key; deleting one passes it on", async () => {
  const { tenant, ctx, channelId } = await connected("100000000000005", "200000000000005");
  const second = await beginChannel(ctx, { provider: "whatsapp", name: "Atelier", simulated: false });
  await connectChannel(ctx, {
    channelId: second.channelId,
    credentials: whatsapp("100000000000006", "200000000000005"),
  });
  const holder = async () => {
    const [row] = await withTenant(tenant, (tx) =>
      tx.select().from(channelRoutingKeys).where(eq(channelRoutingKeys.key, "whatsapp:account:200000000000005")),
    );
    return row?.channelId;
  };
  expect(await holder()).toBe(channelId);
  await deleteChannel(ctx, { channelId });
  expect(await holder()).toBe(second.channelId);
});

test("changing the number lets go of the old key", async () => {
  const { tenant, ctx, channelId } = await connected("100000000000007", "200000000000007");
  await connectChannel(ctx, { channelId, credentials: { phone_number_id: "100000000000008" } });
  const keys = await withTenant(tenant, (tx) => tx.select().from(channelRoutingKeys));
  expect(keys.map((row) => row.key)).toContain("whatsapp:number:100000000000008");
  expect(keys.map((row) => row.key)).not.toContain("whatsapp:number:100000000000007");
});

test("a new key seals, the old one still opens, and a sealed value does not open elsewhere", async () => {
  const { ctx, channelId } = await connected("100000000000009", "200000000000009");
  const old = Buffer.alloc(32, 7).toString("base64");
  useConfig(testConfig({ keyRing: readKeyRing(`k2:${Buffer.alloc(32, 9).toString("base64")},k1:${old}`) }));
  expect((await channelAccess(ctx, channelId)).credentials.access_token).toBe("EAAGplanted-access-token");
  await connectChannel(ctx, { channelId, credentials: { access_token: "EAAGplanted-second-token" } });
  const [row] = await withTenant(ctx, (tx) => tx.select().from(channelConfigurations));
  expect(row?.configEncrypted).toMatch(/^v1\.k2\./);
  const other = await beginChannel(ctx, { provider: "whatsapp", name: "Copie", simulated: false });
  await withTenant(ctx, (tx) =>
    tx
      .update(channelConfigurations)
      .set({ configEncrypted: row?.configEncrypted })
      .where(eq(channelConfigurations.id, other.channelId)),
  );
  await expect(channelAccess(ctx, other.channelId)).rejects.toThrow("unable to authenticate");
  useConfig(testConfig());
});

test("pause and take up again; rules are changed; a set-up never goes backwards", async () => {
  const { ctx, channelId } = await connected("100000000000010", "200000000000010");
  await enableChannel(ctx, { channelId, enabled: false });
  expect(await getChannel(ctx, { channelId })).toMatchObject({ enabled: false, health: "paused" });
  await enableChannel(ctx, { channelId, enabled: true });
  await updateChannel(ctx, {
    channelId,
    name: "Boutique Nord",
    autoTicketRule: "new_conversation",
    observeMode: true,
    setupStep: "done",
  });
  await updateChannel(ctx, { channelId, setupStep: "test" });
  expect(await getChannel(ctx, { channelId })).toMatchObject({
    name: "Boutique Nord",
    autoTicketRule: "new_conversation",
    observeMode: true,
    setupStep: "done",
    health: "waiting",
  });
});

test("a channel with conversations is kept", async () => {
  const tenant = await createTenant();
  const channel = await makeChannel(tenant);
  await createConversation(tenant, { channel });
  await expect(deleteChannel(systemCtx(tenant), channel)).rejects.toMatchObject({
    reason: "channel_has_conversations",
  });
});

test("a channel with a call that belongs to no conversation is kept too", async () => {
  const tenant = await createTenant();
  const channel = await makeChannel(tenant, { provider: "vapi", channelType: "phone" });
  await withTenant(tenant, (tx) =>
    tx.insert(callLogs).values({
      tenantId: tenant.tenantId,
      id: newId(),
      channelId: channel.channelId,
      provider: "vapi",
      externalId: "call-of-nobody",
      direction: "in",
      status: "no_answer",
      startedAt: new Date("2026-03-02T09:00:00Z"),
    }),
  );
  await expect(deleteChannel(systemCtx(tenant), channel)).rejects.toMatchObject({
    code: "conflict",
    reason: "channel_has_calls",
  });
});

test("simulated channels keep the order in which they were made, whatever changes on them", async () => {
  const tenant = await createTenant();
  const first = await makeChannel(tenant, { simulated: true });
  const second = await makeChannel(tenant, { simulated: true });
  const ctx = systemCtx(tenant);
  await updateChannel(ctx, { channelId: first.channelId, name: "Boutique Nord" });
  expect((await openSimulatedChannels(ctx)).map(({ channelId }) => channelId)).toEqual([
    first.channelId,
    second.channelId,
  ]);
});

test("another tenant sees and changes nothing", async () => {
  const { channelId } = await connected("100000000000011", "200000000000011");
  const stranger = systemCtx(await createTenant());
  expect(await listChannels(stranger)).toEqual([]);
  for (const attempt of [
    () => getChannel(stranger, { channelId }),
    () => connectChannel(stranger, { channelId, credentials: {} }),
    () => updateChannel(stranger, { channelId, name: "À moi" }),
    () => enableChannel(stranger, { channelId, enabled: false }),
    () => deleteChannel(stranger, { channelId }),
    () => channelAccess(stranger, channelId),
    () => webhookAddress(stranger, { channelId }),
    () => revealVerifyToken(stranger, { channelId }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  }
});

test("secrets are in no column in the clear", async () => {
  const { tenant } = await connected("100000000000012", "200000000000012");
  const dump = await database.app.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
    return sql`select row_to_json(channel)::text from channel_configurations channel`;
  });
  expect(JSON.stringify(dump)).not.toContain("planted");
});

test("channels of one account go all at once, and none gives its keys to another that goes", async () => {
  const { tenant, ctx, channelId } = await connected("100000000000091", "200000000000091");
  const channels = [channelId];
  for (let n = 0; n < 6; n++) {
    const more = await beginChannel(ctx, { provider: "whatsapp", name: `Boutique ${n}`, simulated: false });
    await connectChannel(ctx, { ...more, credentials: whatsapp(`10000000000010${n}`, "200000000000091") });
    channels.push(more.channelId);
  }
  await Promise.all(channels.map((id) => deleteChannel(ctx, { channelId: id })));
  expect(await withTenant(tenant, (tx) => tx.select().from(channelRoutingKeys))).toEqual([]);
});
