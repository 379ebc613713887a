import { describe, expect, test } from "vitest";
import { createChannel, createTenant, testConfig } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { useConfig } from "#server/core/config.ts";
import { newId } from "#server/core/ids.ts";
import { logsOf, post, rowsOf, startEdge, textMessage, whatsappPost } from "./testing.ts";

await testDatabase();
useConfig(testConfig({ meta: { appSecret: "platform-secret", verifyToken: "platform-token" } }));
const platform = await createTenant({ kind: "platform" });
const { url, drain } = await startEdge();
const shared = `${url}/webhooks/whatsapp`;

const message = (text?: string) => textMessage({ id: `wamid.${newId()}`, from: "33639980001", ...(text ? { text } : {}) });
async function shop() {
  const tenant = await createTenant();
  const channel = await createChannel(tenant);
  return { tenant, channel, secret: channel.credentials.app_secret! };
}

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
    expect(customer).toMatchObject({ id: log?.customer_id, display_name: "Camille Durand", first_name: "Camille", last_name: "Durand", phone: "+33639980001", total_messages: 1, total_conversations: 1 });
    const tags = await rowsOf<{ tag: string }>(tenant, "customer_tags");
    expect(tags.map((row) => row.tag).sort()).toEqual(["auto-created", "premier-contact", "whatsapp"]);
    const [said] = await rowsOf(tenant, "messages");
    expect(said).toMatchObject({ id: log?.message_id, text: "Avez-vous la lampe en laiton ?", direction: "in", conversation_id: log?.conversation_id });
    const [delivery] = await rowsOf<{ body: Uint8Array; headers: Record<string, string>; verified: boolean }>(tenant, "webhook_deliveries");
    expect(new TextDecoder().decode(delivery?.body)).toBe(body);
    expect(delivery).toMatchObject({ verified: true, headers: { "x-hub-signature-256": "[redacted]" } });
  });
});
