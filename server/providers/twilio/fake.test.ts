import { afterEach, beforeEach, expect, test } from "vitest";
import type { PhoneStandIn } from "../stand-in.ts";
import { outbound, startVendor } from "../testing-vendor.ts";
import { createTwilioFake } from "./fake.ts";
import { twilio } from "./index.ts";

const credentials = {
  account_sid: "AC00000000000000000000000000000001",
  auth_token: "jeton-d-essai-twilio",
  phone_number: "+33199001234",
  messaging_service_sid: "",
};
const noe = { address: "+33639985678", name: null };
const service = "MG00000000000000000000000000000007";

let vendor: Awaited<ReturnType<typeof startVendor<PhoneStandIn>>>;
beforeEach(async () => {
  vendor = await startVendor(twilio, createTwilioFake, credentials);
});
afterEach(() => vendor.stop());

const withCallback = (id: string) => ({ ...outbound(id, noe.address), statusCallbackUrl: vendor.webhookUrl });

test("a customer texts, the business answers, statuses come back with our id", async () => {
  const { standIn, account, channel, received } = vendor;
  const written = standIn.write(account.id, noe, "Bonjour, êtes-vous ouverts ?");
  await standIn.settled();
  expect(received).toMatchObject([
    {
      verified: true,
      part: { routingKeys: [`twilio:${credentials.account_sid}:+33199001234`] },
      event: { kind: "message", messageId: written },
      headers: { "i-twilio-idempotency-token": expect.any(String) },
    },
  ]);
  const sent = await twilio.send(channel, withCallback("our-1"));
  expect(sent).toEqual({ outcome: "accepted", providerMessageId: expect.stringMatching(/^SM[0-9a-f]{32}$/) });
  await standIn.settled();
  expect(received.every(({ verified }) => verified)).toBe(true);
  expect(vendor.eventsOf("status").map(({ status, trackingId }) => `${status} ${trackingId}`)).toEqual([
    "sent our-1",
    "delivered our-1",
  ]);
  standIn.markRead(account.id, noe.address);
  expect(standIn.transcript(account.id, noe.address).map(({ author, tick }) => `${author} ${tick}`)).toEqual([
    "customer delivered",
    "business delivered",
  ]);
});

test("after STOP the send is refused as opted out; START opens the line again", async () => {
  const { standIn, account, channel } = vendor;
  standIn.write(account.id, noe, "Stop");
  await standIn.settled();
  expect(vendor.eventsOf("consent")).toMatchObject([{ scope: "all", granted: false }]);
  expect(await twilio.send(channel, withCallback("our-2"))).toMatchObject({ class: "opted_out", code: "21610" });
  standIn.write(account.id, noe, "START");
  expect(await twilio.send(channel, withCallback("our-3"))).toMatchObject({ outcome: "accepted" });
});

test.each([
  ["20429", "retry"],
  ["20500", "retry"],
  ["21211", "permanent"],
  ["21614", "permanent"],
  ["21408", "permanent"],
  ["63016", "window"],
  ["20003", "channel"],
] as const)("a send refused with %s is %s", async (code, refusal) => {
  vendor.standIn.setBehaviour({ failSends: code });
  expect(await twilio.send(vendor.channel, withCallback("our-4"))).toMatchObject({
    outcome: "refused",
    class: refusal,
    code,
  });
});

test("a line cut after the request leaves the outcome unknown, and the callback tells", async () => {
  vendor.standIn.setBehaviour({ failSends: "lost" });
  expect(await twilio.send(vendor.channel, withCallback("our-5"))).toMatchObject({ outcome: "unknown" });
  await vendor.standIn.settled();
  expect(vendor.eventsOf("status")).toMatchObject([
    { status: "sent", trackingId: "our-5" },
    { status: "delivered", trackingId: "our-5" },
  ]);
});

test("a delivery that fails later is reported with its code", async () => {
  vendor.standIn.setBehaviour({ failDelivery: "30005" });
  await twilio.send(vendor.channel, withCallback("our-6"));
  await vendor.standIn.settled();
  expect(vendor.eventsOf("status").at(-1)).toMatchObject({ status: "failed", error: { code: "30005" } });
});

test("a picture comes as a reference to the vendor's store", async () => {
  const { standIn, account } = vendor;
  const bytes = new Uint8Array([1, 2, 3]);
  standIn.write(account.id, noe, "", { file: { mimeType: "image/jpeg", bytes } });
  await standIn.settled();
  const [message] = vendor.eventsOf("message");
  expect(message?.content).toMatchObject({ kind: "media", text: "📷" });
  const pair = Buffer.from(`${credentials.account_sid}:${credentials.auth_token}`).toString("base64");
  const url = message?.content.media[0]?.url ?? "";
  expect((await fetch(url)).status).toBe(401);
  const file = await fetch(url, { headers: { authorization: `Basic ${pair}` } });
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
});

test("a channel by messaging service receives, sends and is checked", async () => {
  const own = { ...credentials, phone_number: "", messaging_service_sid: service };
  const account = vendor.standIn.addAccount(own);
  vendor.standIn.write(account.id, noe, "Bonjour le service");
  await vendor.standIn.settled();
  expect(vendor.received[0]?.part.routingKeys).toContain(twilio.routingKeysOf(own)[0]);
  const channel = { ...vendor.channel, credentials: own };
  expect(await twilio.send(channel, withCallback("our-7"))).toMatchObject({ outcome: "accepted" });
  const lines = await twilio.check(channel, { webhookUrl: vendor.webhookUrl });
  expect(lines.map(({ check, result }) => `${check} ${result}`)).toEqual([
    "credential pass",
    "service pass",
    "webhook pass",
  ]);
});

test("the check passes for a connected number and names what is wrong with another", async () => {
  const check = (change: Record<string, string>, webhookUrl = vendor.webhookUrl) =>
    twilio.check({ ...vendor.channel, credentials: { ...credentials, ...change } }, { webhookUrl });
  expect((await check({})).map(({ check: name, result }) => `${name} ${result}`)).toEqual([
    "credential pass",
    "number pass",
    "texts pass",
    "webhook pass",
  ]);
  const fails = (check: string, reason: string) => expect.objectContaining({ check, result: "fail", reason });
  expect(await check({ auth_token: "un-autre-jeton-secret" })).toContainEqual(fails("credential", "token_rejected"));
  expect(await check({ phone_number: "+33199009999" })).toContainEqual(fails("number", "number_not_found"));
  expect(await check({ messaging_service_sid: service })).toContainEqual(fails("service", "service_not_found"));
  expect(await check({}, "https://guichet.example/x")).toContainEqual(fails("webhook", "webhook_differs"));
  expect(JSON.stringify(await check({ auth_token: "un-autre-jeton-secret" }))).not.toContain("un-autre-jeton-secret");
});

test("a token made anew at Twilio opens nothing with the former, and signs what is posted, until the channel has it", async () => {
  const { standIn, account, channel } = vendor;
  standIn.faults?.set(account.id, "token_revoked", true);
  expect(await twilio.send(channel, withCallback("our-8"))).toMatchObject({ class: "channel", code: "20003" });
  standIn.write(account.id, noe, "Toujours là ?");
  await standIn.settled();
  expect(vendor.received.map(({ verified }) => verified)).toEqual([false]);
  const renewed = { ...channel, credentials: { ...credentials, auth_token: "un-jeton-tout-neuf" } };
  standIn.addAccount(renewed.credentials);
  expect(standIn.faults?.of(account.id)).toEqual([]);
  expect(await twilio.send(renewed, withCallback("our-9"))).toMatchObject({ outcome: "accepted" });
});

test("a number that posts elsewhere is found by the check", async () => {
  const { standIn, account, channel, webhookUrl } = vendor;
  standIn.faults?.set(account.id, "address_changed", true);
  const lines = await twilio.check(channel, { webhookUrl });
  expect(lines).toContainEqual(expect.objectContaining({ check: "webhook", reason: "webhook_differs" }));
});

test("the check of a number for calls looks where calls and their ends are told", async () => {
  const own = { ...credentials, use: "phone" };
  const channel = { ...vendor.channel, credentials: own };
  const account = vendor.standIn.addAccount(own);
  const check = async () => {
    const lines = await twilio.check(channel, { webhookUrl: vendor.webhookUrl });
    return lines.map(({ check: name, result, reason }) => [name, result, reason].filter(Boolean).join(" "));
  };
  expect(await check()).toEqual(["credential pass", "number pass", "calls pass", "webhook pass", "reports pass"]);
  vendor.standIn.faults?.set(account.id, "address_changed", true);
  expect((await check()).slice(-2)).toEqual(["webhook fail webhook_differs", "reports fail reports_differ"]);
});
