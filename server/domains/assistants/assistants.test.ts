import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, describe, expect, test } from "vitest";
import { createChannel, createMember, createTenant, testConfig } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { useConfig } from "#server/core/config.ts";
import { channelAccess } from "#server/domains/channels/index.ts";
import { createRetellFake } from "#server/providers/retell/fake.ts";
import { retell } from "#server/providers/retell/index.ts";
import { createVapiFake } from "#server/providers/vapi/fake.ts";
import { vapi } from "#server/providers/vapi/index.ts";
import { compareAssistant } from "./compare-assistant.ts";
import { readAssistant } from "./read-versions.ts";
import { saveAssistant } from "./save-assistant.ts";
import { sendAssistant } from "./send-assistant.ts";

await testDatabase();

// The vendors' APIs on our own address, as simulated channels are answered.
const app = new Hono();
const server = createServer(getRequestListener(app.fetch));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
useConfig(testConfig({ publicUrl: origin }));
const options = (name: string) => ({ webhookUrl: `${origin}/webhooks/${name}`, retryDelaysMs: [] });
const standIns = { vapi: createVapiFake(options("vapi")), retell: createRetellFake(options("retell")) };
for (const name of ["vapi", "retell"] as const) app.route(`/simulator/api/${name}`, standIns[name].app);
afterAll(() => {
  for (const standIn of Object.values(standIns)) standIn.close();
  server.closeAllConnections();
  server.close();
});

const definition = {
  prompt: "Tu es l'accueil de l'atelier.",
  greeting: "Atelier Lumen, bonjour !",
  language: "fr" as const,
  voice: "",
  functions: ["current_time"],
  transferTo: "",
};

async function shop(provider: "vapi" | "retell" = "vapi") {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, { provider, simulated: true });
  standIns[provider].addAccount(channel.credentials);
  const admin = await createMember(tenant, "admin", { name: "Camille" });
  const { channelId } = channel;
  const compare = async () => {
    const found = await compareAssistant(admin.ctx, { channelId });
    if (found?.state !== "read") throw new Error(`it is ${found?.state}`);
    return found;
  };
  return { tenant, admin, ctx: admin.ctx, channel, channelId, compare };
}

describe("what a voice agent is to be", () => {
  test("is kept in versions, with who and when; the same once more is none", async () => {
    const { ctx, channelId, tenant } = await shop();
    expect(await readAssistant(ctx, { channelId })).toMatchObject({
      definition: { prompt: "", functions: [] },
      versions: [],
    });
    expect(await saveAssistant(ctx, { channelId, definition })).toEqual({ number: 1 });
    expect(await saveAssistant(ctx, { channelId, definition })).toEqual({ number: 1 });
    const changed = { ...definition, transferTo: "01 99 00 12 34", functions: ["current_time", "current_time"] };
    expect(await saveAssistant(ctx, { channelId, definition: changed })).toEqual({ number: 2 });
    expect(await readAssistant(ctx, { channelId })).toMatchObject({
      definition: { transferTo: "+33199001234", functions: ["current_time"] },
      versions: [
        { number: 2, createdBy: "Camille", sentAt: null },
        { number: 1, createdBy: "Camille", sentAt: null },
      ],
    });
    const audit = await withTenant(
      tenant,
      (tx) => tx.raw`select action, data from audit_log where entity_id = ${channelId}`,
    );
    expect(audit.map(({ action, data }) => [action, data] as unknown)).toEqual([
      ["assistant.save", { version: 1 }],
      ["assistant.save", { version: 2 }],
    ]);
  });

  test("names functions that there are and a number that can be called", async () => {
    const { ctx, channelId } = await shop();
    const save = (change: object) => saveAssistant(ctx, { channelId, definition: { ...definition, ...change } });
    await expect(save({ functions: ["format_disk"] })).rejects.toMatchObject({
      fields: { functions: "unknown_function" },
    });
    await expect(save({ transferTo: "bientôt" })).rejects.toThrow("invalid_phone");
    await expect(save({ greeting: "a".repeat(501) })).rejects.toThrow("too_long");
  });

  test("is nobody else's, and of telephone lines only", async () => {
    const { channelId, tenant, ctx } = await shop();
    const stranger = await createMember(await createTenant(), "admin");
    const asked = [
      () => readAssistant(stranger.ctx, { channelId }),
      () => compareAssistant(stranger.ctx, { channelId }),
      () => saveAssistant(stranger.ctx, { channelId, definition }),
      () => sendAssistant(stranger.ctx, { channelId, number: 1, seen: "" }),
    ];
    for (const ask of asked) await expect(ask()).rejects.toThrow("not_found");
    const writing = await createChannel(tenant, { provider: "whatsapp" });
    await expect(saveAssistant(ctx, { channelId: writing.channelId, definition })).rejects.toThrow("not_found");
    await expect(compareAssistant(ctx, { channelId: writing.channelId })).rejects.toThrow("no_voice_agent");
  });
});

describe.each(["vapi", "retell"] as const)("at %s", (provider) => {
  const client = { vapi, retell }[provider].assistant;

  test("what would change is shown first, and is the same once it was sent", async () => {
    const { ctx, channelId, compare, tenant } = await shop(provider);
    expect(await compareAssistant(ctx, { channelId })).toBeNull();
    await saveAssistant(ctx, { channelId, definition });
    const before = await compare();
    expect(before).toMatchObject({ differs: true, changedThere: false, others: [] });
    expect(before.lines.filter(({ differs }) => differs).map(({ field }) => field)).toEqual(["prompt", "greeting"]);
    expect(before.lines[0]).toMatchObject({ there: "Tu réponds au téléphone.", wanted: definition.prompt });
    expect(before.functions).toEqual([{ name: "current_time", change: "added" }]);

    expect(await sendAssistant(ctx, { channelId, number: 1, seen: before.seen })).toEqual({ refused: null });
    const told = await withTenant(
      tenant,
      (tx) => tx.raw`select data from audit_log where action = ${"assistant.send"}`,
    );
    expect(told.map(({ data }) => data as unknown)).toEqual([{ version: 1 }]);
    expect(await compare()).toMatchObject({ differs: false, functions: [{ name: "current_time", change: "same" }] });
    expect((await readAssistant(ctx, { channelId })).versions).toMatchObject([{ number: 1, sentAt: expect.any(Date) }]);
  });

  test("what somebody changed there since is said, and nothing is sent over what was not seen", async () => {
    const { ctx, channelId, compare } = await shop(provider);
    await saveAssistant(ctx, { channelId, definition });
    const { seen } = await compare();
    await sendAssistant(ctx, { channelId, number: 1, seen });
    const there = { functions: [], ours: [], webhookUrl: "", voice: "", language: "fr", prompt: "" } as const;
    await client.write(await channelAccess(ctx, channelId), { ...there, greeting: "Allô ?" });
    expect(await compare()).toMatchObject({ differs: true, changedThere: true });
    await expect(sendAssistant(ctx, { channelId, number: 1, seen })).rejects.toThrow("assistant_changed");
    const again = await compare();
    await saveAssistant(ctx, { channelId, definition: { ...definition, greeting: "Bonsoir." } });
    await expect(sendAssistant(ctx, { channelId, number: 1, seen: again.seen })).rejects.toThrow("assistant_changed");
    expect(await sendAssistant(ctx, { channelId, number: 2, seen: again.seen })).toEqual({ refused: null });
    expect(await compare()).toMatchObject({ differs: false, changedThere: false });
  });

  test("what the provider refuses is said in its words and not called sent", async () => {
    const { ctx, channelId, compare } = await shop(provider);
    await saveAssistant(ctx, { channelId, definition: { ...definition, voice: "nobody:x" } });
    const { seen } = await compare();
    expect(await sendAssistant(ctx, { channelId, number: 1, seen })).toMatchObject({
      refused: { reason: "provider_refused", detail: expect.stringMatching(/voice/i) },
    });
    expect((await readAssistant(ctx, { channelId })).versions).toMatchObject([{ sentAt: null }]);
  });

  test("a key that was taken back is said", async () => {
    const { ctx, channelId } = await shop(provider);
    await saveAssistant(ctx, { channelId, definition });
    standIns[provider].setBehaviour({ failSends: "401" });
    expect(await compareAssistant(ctx, { channelId })).toMatchObject({ state: "refused", reason: "key_rejected" });
    standIns[provider].setBehaviour({ failSends: null });
  });
});
