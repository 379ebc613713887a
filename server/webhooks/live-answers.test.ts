import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import twilio from "twilio";
import { afterAll, beforeEach, expect, test } from "vitest";
import { announceChannelChange } from "#db/channel-notices.ts";
import type { MadeChannel, MadeTenant } from "#db/factories.ts";
import { createChannel, createTenant } from "#db/factories.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { testDatabase } from "#db/testing.ts";
import { withTenant } from "#db/tenant.ts";
import { systemClock } from "#server/core/clock.ts";
import { newToken } from "#server/core/ids.ts";
import { startDraining } from "#server/domains/webhook-logs/jobs.ts";
import { twilio as vendor } from "#server/providers/twilio/index.ts";
import { answer } from "./answer.ts";
import { answerLive } from "./answer-live.ts";
import { createIntake } from "./intake.ts";
import type { Answerer, LiveAsk } from "./live-answers.ts";
import { liveAnswers } from "./live-answers.ts";
import type { SortedPart } from "./sort-parts.ts";
import { logsOf, rowsOf } from "./testing.ts";

await testDatabase();
let answerer: Answerer;
const asked: LiveAsk[] = [];
beforeEach(() => {
  answerer = liveAnswers;
  asked.length = 0;
});
const intake = createIntake(systemClock, (ctx, ask) => {
  asked.push(ask);
  return answerer(ctx, ask);
});
const server = createServer(
  (request, response) => void intake.take(request).then((outcome) => answer(request, response, outcome)),
);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const drain = startDraining();
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await intake.stop();
  await drain.stop();
});
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function post(form: Record<string, string>, token: string, path = "/webhooks/twilio") {
  const signature = twilio.getExpectedTwilioSignature(token, `https://guichet.test${path}`, form);
  const body = new URLSearchParams(form);
  const response = await fetch(origin + path, { method: "POST", body, headers: { "x-twilio-signature": signature } });
  return { status: response.status, body: await response.text() };
}

async function shop(values: Partial<typeof channelConfigurations.$inferInsert> = {}) {
  const tenant = await createTenant({ locale: "fr" });
  const channel = await createChannel(tenant, { provider: "twilio" });
  await change(tenant, channel, { autoReply: "Merci, nous arrivons.", ...values });
  return { tenant, channel, token: channel.credentials.auth_token! };
}

async function change(
  tenant: MadeTenant,
  { channelId }: MadeChannel,
  values: Partial<typeof channelConfigurations.$inferInsert>,
): Promise<void> {
  await withTenant(tenant, (tx) =>
    tx.update(channelConfigurations).set(values).where(eq(channelConfigurations.id, channelId)),
  );
  announceChannelChange();
}

const sms = (channel: MadeChannel, body = "Bonjour", sid = `SM${newToken(16)}`) => ({
  MessageSid: sid,
  AccountSid: channel.credentials.account_sid!,
  From: "+33639980100",
  To: channel.credentials.phone_number!,
  Body: body,
  NumMedia: "0",
});
const ringing = (channel: MadeChannel) => ({
  CallSid: `CA${newToken(16)}`,
  CallStatus: "ringing",
  Direction: "inbound",
  AccountSid: channel.credentials.account_sid!,
  From: "+33639980100",
  To: channel.credentials.phone_number!,
});
const nothing = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

test("the rule's reply is the answer of the webhook itself, and a message of the conversation that is sent once", async () => {
  const { tenant, channel, token } = await shop();
  const form = sms(channel);
  const answers = await Promise.all([post(form, token), post(form, token), post(form, token)]);
  answers.push(await post(form, token));
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  expect(answers[0]?.body).toContain("<Body>Merci, nous arrivons.</Body>");
  await drain.emptied(tenant.tenantId);
  const replies = (await rowsOf(tenant, "messages")).filter((row) => row.direction === "out");
  expect(replies).toMatchObject([
    { text: "Merci, nous arrivons.", status: "sent", external_id: null, sending: false, data: { answered: true } },
  ]);
  expect(answers[0]?.body).toContain(`https://guichet.test/webhooks/twilio?message=${String(replies[0]?.id)}`);
  const sent = (await rowsOf(tenant, "customer_activities")).filter((row) => row.type === "message_sent");
  expect(sent).toHaveLength(1);
  const status = { MessageSid: "SMinline", MessageStatus: "delivered", From: form.To, To: form.From };
  const path = `/webhooks/twilio?message=${String(replies[0]?.id)}`;
  await post({ ...status, AccountSid: form.AccountSid }, token, path);
  await drain.emptied(tenant.tenantId);
  expect((await rowsOf(tenant, "messages")).filter((row) => row.direction === "out")).toMatchObject([
    { status: "delivered", external_id: "SMinline" },
  ]);
  expect((await post(sms(channel, "Encore moi"), token)).body).toBe(nothing);
});

test("STOP is answered by nobody, opens no ticket, and whoever opted out gets no reply either", async () => {
  const { tenant, channel, token } = await shop({ autoTicketRule: "reopened_conversation" });
  expect((await post(sms(channel, "stop"), token)).body).toBe(nothing);
  await drain.emptied(tenant.tenantId);
  expect(await rowsOf(tenant, "tickets")).toEqual([]);
  await withTenant(tenant, (tx) => tx.execute("update conversations set status = 'resolved', resolved_at = now()"));
  expect((await post(sms(channel, "Bonjour quand même"), token)).body).toBe(nothing);
  await drain.emptied(tenant.tenantId);
  expect((await rowsOf(tenant, "messages")).filter((row) => row.direction === "out")).toEqual([]);
  expect(await rowsOf(tenant, "tickets")).toHaveLength(1);
});

test("while we are closed the away message answers, once", async () => {
  const never = { days: {}, closed: [] };
  const { tenant, channel, token } = await shop({ businessHours: never, awayMessage: "Nous sommes fermés." });
  expect((await post(sms(channel), token)).body).toContain("<Body>Nous sommes fermés.</Body>");
  expect((await post(sms(channel, "Et demain ?"), token)).body).toBe(nothing);
  await drain.emptied(tenant.tenantId);
  const texts = (await rowsOf(tenant, "messages")).map((row) => row.text);
  expect(texts.toSorted()).toEqual(["Bonjour", "Et demain ?", "Nous sommes fermés."]);
});

test("neither a forged, an unknown nor a paused number is asked about", async () => {
  const { tenant, channel, token } = await shop();
  expect((await post(sms(channel), "another token")).status).toBe(401);
  expect(await post({ ...sms(channel), To: "+33199009999" }, token)).toEqual({ status: 200, body: nothing });
  await change(tenant, channel, { enabled: false, observeMode: true });
  expect((await post(sms(channel), token)).body).toBe(nothing);
  expect((await post(sms(channel), "another token")).body).toBe(nothing);
  expect(asked).toEqual([]);
  expect((await logsOf(tenant)).map((row) => row.reason)).toContain("channel_paused");
});

test("an answerer that fails is answered for, in the right form, and the log row says so", async () => {
  const { tenant, channel, token } = await shop();
  answerer = () => Promise.reject(new Error("no plan"));
  expect(await post(ringing(channel), token)).toEqual({ status: 200, body: nothing });
  await drain.emptied(tenant.tenantId);
  await expect
    .poll(async () => JSON.stringify((await rowsOf(tenant, "webhook_logs"))[0]?.attempt_log))
    .toContain("no plan");
  const [log] = await rowsOf(tenant, "webhook_logs");
  expect(log).toMatchObject({
    status: "processed",
    attempt_log: expect.arrayContaining([
      expect.objectContaining({ outcome: "unanswered", error: "Error: no plan" }),
      expect.objectContaining({ outcome: "processed" }),
    ]),
  });
});

test("nobody waits longer than the provider does: a late answer is a harmless one", async () => {
  const { tenant, channel } = await shop();
  const form = new URLSearchParams(sms(channel));
  const raw = {
    url: "https://guichet.test/webhooks/twilio",
    headers: {},
    body: new TextEncoder().encode(String(form)),
  };
  const route = { tenantId: tenant.tenantId, channelId: channel.channelId } as SortedPart["channel"];
  const sorted = vendor.split(raw).map((part): SortedPart => ({
    part,
    tenantId: tenant.tenantId,
    channel: route,
    verified: true,
    status: "received",
    reason: null,
  }));
  let told: AbortSignal | undefined;
  const never: Answerer = (_, { tooLate }) => {
    told = tooLate;
    return new Promise(() => undefined);
  };
  const impatient = { ...vendor, liveLimitMs: 40 };
  const waiting = { provider: impatient, sorted, stored: null, url: raw.url, since: performance.now() };
  expect(await answerLive(waiting, never, systemClock)).toEqual(vendor.acknowledgement);
  expect(told?.aborted).toBe(true);
});

test("a late reply of a rule is given back to its job", async () => {
  const { tenant, channel, token } = await shop();
  const late = new AbortController();
  answerer = (ctx, ask) =>
    liveAnswers(ctx, {
      ...ask,
      applied: async () => {
        await ask.applied();
        late.abort();
      },
      tooLate: late.signal,
    });
  expect((await post(sms(channel), token)).body).toBe(nothing);
  await drain.emptied(tenant.tenantId);
  expect((await rowsOf(tenant, "messages")).filter((row) => row.direction === "out")).toMatchObject([
    { status: "pending", data: { rule: "auto_reply" } },
  ]);
});

test("a call is greeted and sent to voicemail as the channel says, and is one call in the log", async () => {
  const voice = {
    greeting: "Bonjour, Atelier Exemple.",
    language: "fr" as const,
    handling: "forward" as const,
    forwardTo: "+33199005678",
    voiceChannelId: null,
    voicemail: true,
  };
  const { tenant, channel, token } = await shop({ voice });
  const call = ringing(channel);
  const start = await post(call, token);
  expect(start.body).toContain('<Say language="fr-FR">Bonjour, Atelier Exemple.</Say>');
  expect(start.body).toContain("<Number>+33199005678</Number></Dial>");
  const dialled = { ...call, CallStatus: "in-progress", DialCallStatus: "no-answer" };
  expect((await post(dialled, token, "/webhooks/twilio?step=dialled")).body).toContain("<Record ");
  const recorded = { CallSid: call.CallSid, AccountSid: call.AccountSid, RecordingSid: "RE1", RecordingDuration: "9" };
  const recording = { ...recorded, RecordingUrl: "https://api.twilio.com/RE1", RecordingStatus: "completed" };
  const sides = new URLSearchParams({ step: "recording", number: call.To, caller: call.From });
  const posts = [
    () => post(recording, token, `/webhooks/twilio?${sides.toString()}`),
    () => post({ ...call, CallStatus: "completed", CallDuration: "31" }, token),
  ];
  for (const again of [...posts, ...posts.toReversed()]) expect((await again()).body).toBe(nothing);
  await drain.emptied(tenant.tenantId);
  expect(await rowsOf(tenant, "call_logs")).toMatchObject([
    { status: "voicemail", from_number: "+33639980100", duration_seconds: 31, external_id: call.CallSid },
  ]);
});
