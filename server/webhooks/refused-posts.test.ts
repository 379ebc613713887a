import { gzipSync } from "node:zlib";
import { connect as connectSocket } from "node:net";
import { describe, expect, test } from "vitest";
import { createChannel, createTenant, testConfig } from "#db/factories.ts";
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

describe("what nobody can use", () => {
  const ofPlatform = async (reason: string) => (await logsOf(platform)).filter((row) => row.reason === reason).length;

  test("a post of an unknown account is acknowledged and kept for the operator", async () => {
    const before = await ofPlatform("unknown_account");
    const channel = { credentials: { phone_number_id: newToken(8), business_account_id: newToken(8) } };
    expect((await post(shared, whatsappPost({ channel, messages: [message()] }), "anything")).status).toBe(200);
    expect(await ofPlatform("unknown_account")).toBe(before + 1);
  });

  test.each([
    ["cut", '{"object":"whatsapp_business_account","entry":[{"id":'],
    ["not JSON", "<xml/>"],
    ["another shape", "[1, 2, 3]"],
    ["nested too deeply", `{"entry":${"[".repeat(80)}${"]".repeat(80)}}`],
    ["not text", Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d])],
  ])("a body that is %s is malformed", async (_, body) => {
    const before = await ofPlatform("malformed");
    expect((await post(shared, body, "platform-secret")).status).toBe(400);
    expect(await ofPlatform("malformed")).toBe(before + 1);
  });

  test("a compressed body is refused unread", async () => {
    const { channel } = await shop();
    const body = gzipSync(whatsappPost({ channel, messages: [message()] }));
    const answer = await post(shared, new Uint8Array(body), "platform-secret", { "content-encoding": "gzip" });
    expect(answer.status).toBe(400);
  });

  test("a body over the limit is refused, declared or not, and its row says so", async () => {
    const before = await ofPlatform("too_large");
    const megabytes = new Uint8Array(5 * 1024 * 1024);
    expect((await post(shared, megabytes, "x")).status).toBe(413);
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(256 * 1024)),
    });
    const answer = await fetch(shared, { method: "POST", body: stream, duplex: "half" } as RequestInit).catch(
      (error: Error) => error,
    );
    // The sender may see its stream broken off before it reads the answer.
    expect(answer instanceof Error ? 413 : answer.status).toBe(413);
    await expect.poll(() => ofPlatform("too_large")).toBe(before + 2);
  });

  test("a post that breaks off leaves nothing behind", async () => {
    const { tenant } = await shop();
    const { hostname, port } = new URL(url);
    const socket = connectSocket(Number(port), hostname);
    socket.write('POST /webhooks/whatsapp HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n{"object":');
    await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    const { channel, secret } = await shop();
    expect((await post(shared, whatsappPost({ channel, messages: [message()] }), secret)).status).toBe(200);
    expect(await logsOf(tenant)).toEqual([]);
  });

  test("other addresses and methods are none of ours", async () => {
    const statuses = await Promise.all(
      [
        fetch(`${url}/webhooks/nobody`),
        fetch(`${url}/webhooks/`),
        fetch(shared),
        fetch(`${url}/webhooks/whatsapp/${newToken()}`),
        fetch(shared, { method: "PUT", body: "{}" }),
        post(`${url}/webhooks/c/${newToken()}`, "{}", null),
      ].map(async (answer) => (await answer).status),
    );
    expect(statuses).toEqual([404, 404, 404, 404, 405, 404]);
  });

  test("of a flood of bad posts sixty a minute are kept, the rest is counted", async () => {
    const { tenant, channel } = await shop();
    const bodies = Array.from({ length: 100 }, () => whatsappPost({ channel, messages: [message()] }));
    const answers = await Promise.all(bodies.map((body) => post(shared, body, "wrong")));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([401]));
    const kept = (await logsOf(tenant)).length;
    expect(kept).toBeGreaterThanOrEqual(60);
    // A minute may end in the middle of the flood.
    expect(kept).toBeLessThanOrEqual(100);
    await expect
      .poll(async () =>
        (await rowsOf<{ dropped: number }>(tenant, "webhook_rejections")).reduce((sum, row) => sum + row.dropped, 0),
      )
      .toBe(100 - kept);
  });

  test("of a long bad post little is kept", async () => {
    const { tenant, channel } = await shop();
    await post(shared, whatsappPost({ channel, messages: [message("a".repeat(50_000))] }), "wrong");
    const [delivery] = await rowsOf<{ body: Uint8Array; body_bytes: number }>(tenant, "webhook_deliveries");
    expect(delivery?.body.length).toBe(8192);
    expect(delivery?.body_bytes).toBeGreaterThan(50_000);
    const [log] = await rowsOf(tenant, "webhook_logs");
    expect(log?.payload).toEqual({ truncated: true });
  });

  test("characters that PostgreSQL refuses harm nothing", async () => {
    const { tenant, channel, secret } = await shop();
    const odd = message("NUL \u0000, half a pair \ud83d and a whole one 😀, \\u0000 written out");
    expect((await post(shared, whatsappPost({ channel, messages: [odd] }), secret)).status).toBe(200);
    await drain.emptied(tenant.tenantId);
    const [said] = await rowsOf<{ text: string }>(tenant, "messages");
    expect(said?.text).toContain("a whole one 😀, \\u0000 written out");
  });
});
