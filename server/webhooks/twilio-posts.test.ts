import twilio from "twilio";
import { expect, test } from "vitest";
import type { MadeChannel } from "#db/factories.ts";
import { createChannel, createConversation, createMessage, createTenant } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { newToken } from "#server/core/ids.ts";
import { logsOf, rowsOf, startEdge } from "./testing.ts";

await testDatabase();
const { url, drain } = await startEdge();
const publicUrl = "https://guichet.test";

/** Posts a form as Twilio would, signed over the public address by Twilio's own library. */
function postForm(path: string, form: Record<string, string>, token: string): Promise<Response> {
  return fetch(url + path, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: {
      "x-twilio-signature": twilio.getExpectedTwilioSignature(token, publicUrl + path, form),
      host: "evil.example",
    },
  });
}

async function shop() {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, { provider: "twilio" });
  return { tenant, channel, token: channel.credentials.auth_token! };
}

const sms = (channel: MadeChannel, body: string) => ({
  MessageSid: `SM${newToken(16)}`,
  AccountSid: channel.credentials.account_sid!,
  From: "+33639980100",
  To: channel.credentials.phone_number!,
  Body: body,
  NumMedia: "0",
});

test("an SMS becomes a conversation and is answered with empty TwiML, whatever the Host says", async () => {
  const { tenant, channel, token } = await shop();
  const answer = await postForm("/webhooks/twilio", sms(channel, "Bonjour à tous"), token);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/xml; charset=utf-8"]);
  expect(await answer.text()).toContain("<Response/>");
  await drain.emptied(tenant.tenantId);
  expect(await rowsOf(tenant, "messages")).toMatchObject([
    { text: "Bonjour à tous", channel_type: "sms", direction: "in" },
  ]);
  expect(await rowsOf(tenant, "customers")).toMatchObject([{ phone: "+33639980100", source: "sms" }]);
});

test("a form signed with another token is refused", async () => {
  const { tenant, channel } = await shop();
  expect((await postForm("/webhooks/twilio", sms(channel, "Bonjour"), "another")).status).toBe(401);
  expect(await logsOf(tenant)).toMatchObject([{ status: "rejected", reason: "signature_mismatch" }]);
});

test("STOP is read as a message and heeded as a word about being written to", async () => {
  const { tenant, channel, token } = await shop();
  await postForm("/webhooks/twilio", { ...sms(channel, "STOP"), OptOutType: "STOP" }, token);
  await drain.emptied(tenant.tenantId);
  expect((await logsOf(tenant)).map((row) => row.status)).toEqual(["processed", "processed"]);
  expect(await rowsOf(tenant, "customer_communication_preferences")).toMatchObject([
    { sms_enabled: false, whatsapp_enabled: true },
  ]);
  expect(await rowsOf(tenant, "messages")).toMatchObject([{ text: "STOP" }]);
});

test("statuses that come to the channel's own address find our message by the id we gave along", async () => {
  const { tenant, channel, token } = await shop();
  const conversation = await createConversation(tenant, { channel });
  const { messageId } = await createMessage(conversation, { direction: "out", status: "pending", externalId: null });
  const path = `/webhooks/twilio/${channel.webhookKey}?message=${messageId}`;
  const form = {
    MessageSid: "SMabc",
    AccountSid: channel.credentials.account_sid!,
    From: channel.credentials.phone_number!,
    To: "+33639980100",
  };
  for (const MessageStatus of ["delivered", "sent"])
    expect((await postForm(path, { ...form, MessageStatus }, token)).status).toBe(200);
  await drain.emptied(tenant.tenantId);
  expect(await rowsOf(tenant, "messages")).toMatchObject([
    { id: messageId, status: "delivered", external_id: "SMabc" },
  ]);
});
