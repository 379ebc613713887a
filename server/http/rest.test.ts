import { afterAll, describe, expect, test } from "vitest";
import { createConversation, createCustomer, createMessage } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { openSignIn, signedInAs, TestBrowser } from "#server/auth/testing.ts";
import { configFrom, readSettings } from "#server/core/config.ts";
import { newId } from "#server/core/ids.ts";
import { start } from "#server/main.ts";
import type { World } from "#server/trpc/testing.ts";
import { createWorld } from "#server/trpc/testing.ts";

const database = await testDatabase();
const pages = { build: () => Promise.reject(new Error("no pages in this test")), development: false };
const settings = readSettings({
  DATABASE_URL: database.appUrl,
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
  PORT: "0",
  HOST: "127.0.0.1",
  ROLE: "web",
});
const running = await start({ config: configFrom(settings), pages, clientFolder: "/nowhere" });
afterAll(() => running.stop());
openSignIn(database);
const [a, b] = [await createWorld("Amandier"), await createWorld("Bruyere")];

interface Call {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A request as a program with the browser's cookie makes it. */
async function ask(browser: TestBrowser, path: string, { method = "GET", body, headers }: Call = {}) {
  const answer = await fetch(`${running.url}/api${path}`, {
    method,
    headers: {
      ...(browser.cookie ? { cookie: browser.cookie } : {}),
      origin: running.url,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : null) as Record<string, never> | null, text };
}

const admin = await signedInAs(a.members.admin);
const agent = await signedInAs(a.members.agent);
const stranger = await signedInAs(b.members.owner);
const of = (world: World) => `/v1/channels/${world.channel.channelId}`;

describe("the channel API", () => {
  test.each(["/v1/channels", "/channels"])(
    "lists by session at %s, and shows one without its secrets",
    async (path) => {
      const list = await ask(agent, path);
      expect(list.status).toBe(200);
      expect(list.body).toEqual([
        expect.objectContaining({ id: a.channel.channelId, name: "Ligne Amandier" }),
        expect.objectContaining({ name: "Voix Amandier" }),
      ]);
      const one = await ask(admin, `${path}/${a.channel.channelId}`);
      expect(one.body).toMatchObject({ provider: "whatsapp", lastWebhookAt: null });
      for (const secret of [
        a.channel.credentials.access_token!,
        a.channel.credentials.app_secret!,
        a.channel.webhookKey,
      ])
        expect(one.text).not.toContain(secret);
    },
  );

  test("saves, switches off and on, and begins a channel", async () => {
    const saved = await ask(admin, of(a), { method: "PATCH", body: { name: "Ligne Amandier bis" } });
    expect([saved.status, saved.text]).toEqual([204, ""]);
    const switched = async (enabled: boolean) => ask(admin, `${of(a)}/enabled`, { method: "PUT", body: { enabled } });
    expect((await switched(false)).status).toBe(204);
    expect((await ask(admin, of(a))).body).toMatchObject({
      name: "Ligne Amandier bis",
      enabled: false,
      health: "paused",
    });
    expect((await switched(true)).status).toBe(204);
    const made = await ask(admin, "/channels", { method: "POST", body: { provider: "twilio", name: "SMS" } });
    expect(made.body).toEqual({ channelId: expect.any(String) });
    const { channelId } = made.body as unknown as { channelId: string };
    expect((await ask(admin, `/v1/channels/${channelId}`, { method: "DELETE" })).status).toBe(204);
    expect((await ask(admin, `/v1/channels/${channelId}`)).status).toBe(404);
  });

  test("writes to an address within the window, once per key, and refuses outside it", async () => {
    const known = await createCustomer(a.tenant);
    const conversation = await createConversation(a.tenant, { channel: a.channel, customer: known });
    await createMessage(conversation, { occurredAt: new Date() });
    const body = { to: known.phone, text: "Votre lampe est prête.", idempotencyKey: newId() };
    const send = (message: object) => ask(agent, `${of(a)}/messages`, { method: "POST", body: message });
    const first = await send(body);
    expect(first.body).toMatchObject({ conversationId: conversation.conversationId, created: true });
    expect((await send(body)).body).toEqual({ ...first.body, created: false });
    const unknown = await send({ ...body, to: "+33 6 39 98 77 01", idempotencyKey: newId() });
    expect([unknown.status, unknown.body]).toEqual([
      409,
      { error: { code: "window_closed", reason: "window_closed", fields: {} } },
    ]);
    expect((await send({ ...body, to: "nobody", idempotencyKey: newId() })).body).toMatchObject({
      error: { fields: { to: "cannot_write_there" } },
    });
  });

  test("refuses who is not signed in, has another role, or belongs elsewhere", async () => {
    expect((await ask(new TestBrowser(), "/v1/channels")).status).toBe(401);
    expect((await ask(agent, of(a))).status).toBe(403);
    expect((await ask(agent, `${of(a)}/enabled`, { method: "PUT", body: { enabled: false } })).status).toBe(403);
    expect((await ask(stranger, of(a))).status).toBe(404);
    const named = { headers: { "x-guichet-tenant": a.tenant.slug } };
    expect((await ask(stranger, "/v1/channels", named)).status).toBe(404);
    expect((await ask(stranger, `/v1/channels?tenant=${a.tenant.slug}`)).status).toBe(404);
    expect(
      (
        await ask(stranger, `${of(a)}/messages`, {
          method: "POST",
          body: { to: "+33639987701", text: "x", idempotencyKey: newId() },
        })
      ).status,
    ).toBe(404);
  });

  test("says what is wrong with what it is given", async () => {
    const patch = (body: unknown, headers = {}) => ask(admin, of(a), { method: "PATCH", body, headers });
    expect((await patch("{")).body).toMatchObject({ error: { code: "invalid", reason: "malformed" } });
    expect((await patch([])).status).toBe(400);
    expect((await patch('name="x"', { "content-type": "text/plain" })).body).toMatchObject({
      error: { reason: "json_expected" },
    });
    expect((await patch({ name: "x".repeat(81) })).body).toMatchObject({ error: { fields: { name: ["too_long"] } } });
    expect((await patch({ enabled: "false" })).status).toBe(204);
    const wrong = await ask(admin, `${of(a)}/enabled`, { method: "PUT", body: { enabled: "false" } });
    expect([wrong.status, wrong.body]).toMatchObject([400, { error: { code: "invalid" } }]);
    expect((await ask(admin, "/v1/channels/not-an-id")).status).toBe(400);
    expect((await ask(admin, "/v1/nothing")).status).toBe(404);
  });

  test("reads a body of no declared length, and refuses one that is too long", async () => {
    const streamed = async (text: string) => {
      const body = new Blob([text]).stream();
      const headers = { cookie: admin.cookie ?? "", origin: running.url, "content-type": "application/json" };
      const sent: RequestInit & { duplex: "half" } = { method: "PATCH", headers, body, duplex: "half" };
      return (await fetch(`${running.url}/api${of(a)}`, sent)).status;
    };
    expect(await streamed('{"name":"Ligne au fil"}')).toBe(204);
    expect((await ask(admin, of(a))).body).toMatchObject({ name: "Ligne au fil" });
    expect(await streamed(`{"name":"${"x".repeat(3_000_000)}"}`)).toBe(413);
  });

  test("is closed to other sites", async () => {
    const headers = { origin: "https://elsewhere.example" };
    const answer = await ask(admin, `${of(a)}/enabled`, { method: "PUT", body: { enabled: false }, headers });
    expect([answer.status, answer.body]).toMatchObject([403, { error: { reason: "foreign_origin" } }]);
  });

  test("describes itself: every path answers as the document says", async () => {
    const { body, text } = await ask(new TestBrowser(), "/v1/openapi.json");
    const document = body as unknown as { openapi: string; paths: Record<string, Record<string, object>> };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(["/channels", "/channels/{channelId}", "/channels/{channelId}/messages"]),
    );
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const method of Object.keys(methods)) {
        const at = path.replace(/\{\w+\}/g, newId());
        const answer = await ask(new TestBrowser(), `/v1${at}`, { method: method.toUpperCase() });
        expect([method, path, answer.status]).toEqual([method, path, 401]);
      }
    }
    expect(text).not.toContain("stack");
  });
});

test.each(["/v1/platforms/status", "/platforms/status"])(
  "%s says of each platform which accounts are connected, without a token",
  async (path) => {
    const { status, body, text } = await ask(agent, path);
    expect([status, body]).toMatchObject([
      200,
      [
        { platform: "instagram", accounts: [{ connectionId: a.connectionId, status: "active", lastSyncAt: null }] },
        { platform: "whatsapp", connected: false, accounts: [] },
      ],
    ]);
    expect(text).not.toMatch(/token|v1\./i);
    expect((await ask(stranger, path)).text).not.toContain(a.connectionId);
    expect((await ask(new TestBrowser(), path)).status).toBe(401);
  },
);
