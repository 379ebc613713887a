import { describe, expect, test } from "vitest";
import { announceChannelChange } from "#db/channel-notices.ts";
import type { MadeChannel } from "#db/factories.ts";
import { createChannel, createTenant, testConfig } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { useConfig } from "#server/core/config.ts";
import { newId, newToken } from "#server/core/ids.ts";
import { logsOf, post, rowsOf, startEdge, textMessage, whatsappPost } from "./testing.ts";

await testDatabase();
useConfig(testConfig({ meta: { appSecret: "platform-secret", verifyToken: "platform-token" } }));
const platform = await createTenant({ kind: "platform" });
const { url, drain } = await startEdge();
const shared = `${url}/webhooks/whatsapp`;

const message = (text?: string) =>
  textMessage({ id: `wamid.${newId()}`, from: "33639980001", ...(text ? { text } : {}) });

async function shop(values: Parameters<typeof createChannel>[1] = {}) {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, values);
  return { tenant, channel, secret: channel.credentials.app_secret! };
}

/** What the tenant's log says, once everything of it is applied. */
async function settled(tenant: { tenantId: string }) {
  await drain.emptied(tenant.tenantId);
  return (await logsOf(tenant)).map(({ webhook_type, status, reason }) => ({ type: webhook_type, status, reason }));
}

const own = (channel: MadeChannel) => `${url}/webhooks/whatsapp/${channel.webhookKey}`;

describe("a signed post", () => {
  test("is stored before it is acknowledged, then becomes a customer, a conversation and a message", async () => {
    const { tenant, channel, secret } = await shop();
    const body = whatsappPost({ channel, messages: [message("Avez-vous la lampe en laiton ?")] });
    const answer = await post(shared, body, secret);
    expect([answer.status, await answer.text()]).toEqual([200, "EVENT_RECEIVED"]);
    await drain.emptied(tenant.tenantId);
    const [log, ...more] = await logsOf(tenant);
    expect(more).toEqual([]);
    expect(log).toMatchObject({ status: "processed", reason: null, webhook_type: "message.text", attempts: 1 });
    const [customer] = await rowsOf(tenant, "customers");
    expect(customer).toMatchObject({
      id: log?.customer_id,
      display_name: "Camille Durand",
      first_name: "Camille",
      last_name: "Durand",
      phone: "+33639980001",
      segment: "prospect",
      source: "whatsapp",
      total_messages: 1,
      total_conversations: 1,
    });
    const tags = await rowsOf<{ tag: string }>(tenant, "customer_tags");
    expect(tags.map((row) => row.tag).toSorted()).toEqual(["auto-created", "premier-contact", "whatsapp"]);
    const [said] = await rowsOf(tenant, "messages");
    expect(said).toMatchObject({
      id: log?.message_id,
      text: "Avez-vous la lampe en laiton ?",
      direction: "in",
      conversation_id: log?.conversation_id,
    });
    const [delivery] = await rowsOf<{ body: Uint8Array; headers: Record<string, string> }>(
      tenant,
      "webhook_deliveries",
    );
    expect(new TextDecoder().decode(delivery?.body)).toBe(body);
    expect(delivery).toMatchObject({ verified: true, events: 1, headers: { "x-hub-signature-256": "[redacted]" } });
  });

  test("by the platform's app is genuine for every channel", async () => {
    const { tenant, channel } = await shop();
    const answer = await post(shared, whatsappPost({ channel, messages: [message()] }), "platform-secret");
    expect(answer.status).toBe(200);
    expect(await settled(tenant)).toEqual([{ type: "message.text", status: "processed", reason: null }]);
  });

  test("at the channel's own address is verified with the channel's secret", async () => {
    const { tenant, channel, secret } = await shop();
    expect((await post(own(channel), whatsappPost({ channel, messages: [message()] }), secret)).status).toBe(200);
    expect((await post(own(channel), whatsappPost({ channel, messages: [message()] }), "another")).status).toBe(401);
    expect(await settled(tenant)).toEqual([
      { type: "message.text", status: "processed", reason: null },
      { type: "message.text", status: "rejected", reason: "signature_mismatch" },
    ]);
  });

  test("twice is one message, and the log says so", async () => {
    const { tenant, channel, secret } = await shop();
    const body = whatsappPost({ channel, messages: [message()] });
    await Promise.all([post(shared, body, secret), post(shared, body, secret), post(shared, body, secret)]);
    const log = await settled(tenant);
    expect(log.map((row) => row.status).toSorted()).toEqual(["duplicate", "duplicate", "processed"]);
    expect(await rowsOf(tenant, "messages")).toHaveLength(1);
  });

  test("of a paused channel is kept and not worked on", async () => {
    const { tenant, channel, secret } = await shop({ enabled: false });
    expect((await post(shared, whatsappPost({ channel, messages: [message()] }), secret)).status).toBe(200);
    expect(await settled(tenant)).toEqual([{ type: "message.text", status: "ignored", reason: "channel_paused" }]);
    expect(await rowsOf(tenant, "messages")).toEqual([]);
  });

  test("that names several tenants is everybody's own part, and its bytes are the platform's", async () => {
    const [one, two] = [await shop(), await shop()];
    const body = whatsappPost(
      { channel: one.channel, messages: [message("un")] },
      { channel: two.channel, messages: [message("deux")] },
    );
    expect((await post(shared, body, "platform-secret")).status).toBe(200);
    for (const { tenant } of [one, two]) {
      expect(await settled(tenant)).toEqual([{ type: "message.text", status: "processed", reason: null }]);
      expect(await rowsOf(tenant, "webhook_deliveries")).toEqual([]);
    }
    const kept = await rowsOf<{ body: Uint8Array }>(platform, "webhook_deliveries");
    expect(kept.map((row) => new TextDecoder().decode(row.body))).toContain(body);
  });
});

describe("a signature", () => {
  test("of one tenant never vouches for another's number", async () => {
    const [a, b] = [await shop(), await shop()];
    const both = whatsappPost(
      { channel: a.channel, messages: [message()] },
      { channel: b.channel, messages: [message()] },
    );
    expect((await post(shared, both, a.secret)).status).toBe(200);
    const forged = whatsappPost({ channel: b.channel, messages: [message()] });
    expect((await post(shared, forged, a.secret)).status).toBe(401);
    expect(await settled(a.tenant)).toEqual([{ type: "message.text", status: "processed", reason: null }]);
    const rejected = { type: "message.text", status: "rejected", reason: "signature_mismatch" };
    expect(await settled(b.tenant)).toEqual([rejected, rejected]);
    for (const table of ["customers", "conversations", "messages"]) expect(await rowsOf(b.tenant, table)).toEqual([]);
  });

  test("at A's own address moves nothing of B's, and B hears nothing of it", async () => {
    const [a, b] = [await shop(), await shop()];
    const body = whatsappPost({ channel: b.channel, messages: [message()] });
    await post(own(a.channel), body, a.secret);
    await post(own(a.channel), body, b.secret);
    expect(await settled(b.tenant)).toEqual([]);
    const unknown = { type: "message.text", status: "rejected", reason: "unknown_account" };
    expect(await settled(a.tenant)).toEqual([unknown, unknown]);
  });

  test("that is missing or wrong is refused, stored with its reason, and nothing is done", async () => {
    const { tenant, channel } = await shop();
    const body = whatsappPost({ channel, messages: [message()] });
    expect((await post(shared, body, null)).status).toBe(401);
    expect((await post(shared, body, "wrong")).status).toBe(401);
    expect(await settled(tenant)).toEqual([
      { type: "message.text", status: "rejected", reason: "missing_signature" },
      { type: "message.text", status: "rejected", reason: "signature_mismatch" },
    ]);
    expect(await rowsOf(tenant, "messages")).toEqual([]);
    await expect
      .poll(async () => (await rowsOf(tenant, "channel_configurations"))[0])
      .toMatchObject({ last_error_reason: "missing_signature" });
    const deliveries = await rowsOf<{ headers: Record<string, string>; verified: boolean }>(
      tenant,
      "webhook_deliveries",
    );
    expect(deliveries.map((row) => row.verified)).toEqual([false, false]);
    expect(JSON.stringify(deliveries)).not.toContain("sha256=");
  });

  test("is only explained where a channel observes", async () => {
    const { tenant, channel } = await shop({ observeMode: true });
    expect((await post(shared, whatsappPost({ channel, messages: [message()] }), "wrong")).status).toBe(200);
    expect(await settled(tenant)).toEqual([{ type: "message.text", status: "rejected", reason: "signature_mismatch" }]);
  });

  test("cannot be checked for a channel without a secret", async () => {
    useConfig(testConfig());
    const { tenant, channel } = await shop({ credentials: { app_secret: "" } });
    expect((await post(shared, whatsappPost({ channel, messages: [message()] }), "x")).status).toBe(401);
    expect((await settled(tenant))[0]?.reason).toBe("not_configured");
    useConfig(testConfig({ meta: { appSecret: "platform-secret", verifyToken: "platform-token" } }));
  });
});

describe("a channel's change", () => {
  test("counts from the next post on", async () => {
    const { tenant, channel, secret } = await shop();
    await post(shared, whatsappPost({ channel, messages: [message()] }), secret);
    await withTenant(tenant, (tx) => tx.raw.unsafe("update channel_configurations set enabled = false"));
    announceChannelChange();
    await post(shared, whatsappPost({ channel, messages: [message()] }), secret);
    expect((await settled(tenant)).map((row) => row.status)).toEqual(["processed", "ignored"]);
  });

  test("a number that was unknown a moment ago is known once it is connected", async () => {
    const tenant = await createTenant();
    const credentials = { phone_number_id: newToken(8), app_secret: "fresh-secret" };
    const body = whatsappPost({ channel: { credentials }, messages: [message()] });
    expect((await post(shared, body, "fresh-secret")).status).toBe(200);
    await createChannel(tenant, { credentials });
    announceChannelChange();
    expect((await post(shared, body, "fresh-secret")).status).toBe(200);
    expect(await settled(tenant)).toEqual([{ type: "message.text", status: "processed", reason: null }]);
  });
});

describe("a handshake", () => {
  const ask = (to: string, token: string) =>
    fetch(`${to}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`);

  test("answers the challenge as text where the token is right", async () => {
    const { tenant, channel } = await shop();
    for (const answer of [await ask(shared, "platform-token"), await ask(own(channel), channel.verifyToken)]) {
      expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
        200,
        "text/plain; charset=utf-8",
        "1158201444",
      ]);
    }
    expect(await settled(tenant)).toEqual([{ type: "handshake", status: "processed", reason: null }]);
  });

  test("is refused and explained where it is wrong, and the token is not kept", async () => {
    const { tenant, channel } = await shop();
    expect((await ask(own(channel), "guessed-token")).status).toBe(403);
    expect((await ask(shared, channel.verifyToken)).status).toBe(403);
    expect(await settled(tenant)).toEqual([{ type: "handshake", status: "rejected", reason: "verify_token_mismatch" }]);
    expect(JSON.stringify(await rowsOf(tenant, "webhook_deliveries"))).not.toContain("guessed-token");
  });
});
