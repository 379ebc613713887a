import { afterEach, beforeEach, expect, test } from "vitest";
import type { PhoneStandIn } from "../stand-in.ts";
import { closedAddress, outbound, startVendor } from "../testing-vendor.ts";
import { createWhatsappFake } from "./fake.ts";
import { whatsapp } from "./index.ts";

const credentials = {
  phone_number_id: "106540352242922",
  business_account_id: "102290129340398",
  display_phone_number: "+33 1 99 00 12 34",
  access_token: "jeton-d-essai-whatsapp",
  app_secret: "secret-d-essai-whatsapp",
  verify_token: "phrase-d-essai",
};
const camille = { address: "+33639981234", name: "Camille Fictive" };

let vendor: Awaited<ReturnType<typeof startVendor<PhoneStandIn>>>;
beforeEach(async () => {
  vendor = await startVendor(whatsapp, createWhatsappFake, credentials);
});
afterEach(() => vendor.stop());

test("a customer writes, the business answers, the ticks come back in order with our id", async () => {
  const { standIn, account, channel, received } = vendor;
  const written = standIn.write(account.id, camille, "Avez-vous des tulipes ?");
  await standIn.settled();
  expect(received).toMatchObject([
    {
      verified: true,
      part: { routingKeys: ["whatsapp:number:106540352242922"], customerIdentifier: "33639981234" },
      event: { kind: "message", messageId: written, person: { name: "Camille Fictive" } },
    },
  ]);

  const sent = await whatsapp.send(channel, { ...outbound("our-1", camille.address), replyToId: written });
  expect(sent).toEqual({ outcome: "accepted", providerMessageId: expect.stringMatching(/^wamid\./) });
  await standIn.settled();
  standIn.markRead(account.id, camille.address);
  await standIn.settled();
  expect(vendor.eventsOf("status").map(({ status, trackingId }) => `${status} ${trackingId}`)).toEqual([
    "sent our-1",
    "delivered our-1",
    "read our-1",
  ]);
  expect(standIn.transcript(account.id, camille.address)).toMatchObject([
    { author: "customer", text: "Avez-vous des tulipes ?", tick: "delivered" },
    { author: "business", text: "Bonjour, oui !", tick: "read", replyToId: written },
  ]);
  expect(standIn.customers(account.id)).toEqual([camille]);
});

test("a customer who hides their number is written to by the business-scoped id", async () => {
  const { standIn, account, channel } = vendor;
  const hidden = { address: "FR.20457820012345", name: "Dominique" };
  standIn.write(account.id, hidden, "Bonsoir");
  await standIn.settled();
  const [message] = vendor.eventsOf("message");
  expect(message?.person.identities).toEqual([{ kind: "whatsapp_user_id", value: hidden.address }]);
  const sent = await whatsapp.send(channel, {
    ...outbound("our-2", ""),
    to: { kind: "whatsapp_user_id", value: hidden.address },
  });
  expect(sent.outcome).toBe("accepted");
  expect(standIn.transcript(account.id, hidden.address)).toHaveLength(2);
});

test("a picture is fetched with the channel's token only", async () => {
  const { standIn, account, channel } = vendor;
  const bytes = new Uint8Array([137, 80, 78, 71]);
  standIn.write(account.id, camille, "Comme ceci", { file: { mimeType: "image/png", bytes } });
  await standIn.settled();
  const [message] = vendor.eventsOf("message");
  expect(message?.content).toMatchObject({ kind: "media", text: "Comme ceci" });
  const authorization = `Bearer ${credentials.access_token}`;
  const node = await fetch(`${channel.apiBaseUrl}/v23.0/${message?.content.media[0]?.mediaId}`, {
    headers: { authorization },
  });
  const { url } = (await node.json()) as { url: string };
  expect((await fetch(url)).status).toBe(401);
  const file = await fetch(url, { headers: { authorization } });
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
});

test.each([
  ["131047", "window"],
  ["131026", "permanent"],
  ["130429", "retry"],
  ["131000", "retry"],
  ["131056", "retry"],
  ["131048", "slow"],
  ["190", "channel"],
  ["131031", "channel"],
] as const)("a send refused with %s is %s", async (code, refusal) => {
  vendor.standIn.setBehaviour({ failSends: code });
  const outcome = await whatsapp.send(vendor.channel, outbound("our-3", camille.address));
  expect(outcome).toMatchObject({ outcome: "refused", class: refusal, code, text: expect.stringMatching(/\w/) });
  expect(vendor.standIn.transcript(vendor.account.id, camille.address)).toEqual([]);
});

test("a line cut after the request leaves the outcome unknown, and the status event tells", async () => {
  const { standIn, channel } = vendor;
  standIn.setBehaviour({ failSends: "lost" });
  expect(await whatsapp.send(channel, outbound("our-4", camille.address))).toMatchObject({ outcome: "unknown" });
  await standIn.settled();
  expect(vendor.eventsOf("status")).toMatchObject([
    { status: "sent", trackingId: "our-4" },
    { status: "delivered", trackingId: "our-4" },
  ]);
});

test("a provider that cannot be reached certainly sent nothing", async () => {
  const nowhere = { ...vendor.channel, apiBaseUrl: await closedAddress() };
  expect(await whatsapp.send(nowhere, outbound("our-5", camille.address))).toMatchObject({
    outcome: "refused",
    class: "retry",
    code: "unreachable",
  });
});

test("a delivery that fails later is reported with its code", async () => {
  vendor.standIn.setBehaviour({ failDelivery: "131026" });
  await whatsapp.send(vendor.channel, outbound("our-6", camille.address));
  await vendor.standIn.settled();
  expect(vendor.eventsOf("status").at(-1)).toMatchObject({ status: "failed", error: { code: "131026" } });
});

test("webhooks are duplicated, shuffled and tried again on command, and none is lost", async () => {
  const { standIn, account } = vendor;
  standIn.setBehaviour({ duplicate: 2, shuffle: true });
  vendor.failNext(5);
  const ids = Array.from({ length: 20 }, (_, index) => standIn.write(account.id, camille, `Message ${index}`));
  await standIn.settled();
  const seen = vendor.eventsOf("message").map(({ messageId }) => messageId);
  expect(seen).toHaveLength(60);
  expect(new Set(seen)).toEqual(new Set(ids));
  expect(standIn.deliveries()).toEqual({ delivered: 60, retried: 5, dropped: 0 });
});

test("without shuffling the order is kept, and what never arrives is given up", async () => {
  const { standIn, account } = vendor;
  const ids = Array.from({ length: 10 }, (_, index) => standIn.write(account.id, camille, `Message ${index}`));
  await standIn.settled();
  expect(vendor.eventsOf("message").map(({ messageId }) => messageId)).toEqual(ids);
  vendor.failNext(100);
  standIn.write(account.id, camille, "Perdu");
  await standIn.settled();
  expect(standIn.deliveries().dropped).toBe(1);
  expect(standIn.transcript(account.id, camille.address).at(-1)).toMatchObject({ text: "Perdu", tick: "pending" });
});

test("the phone says when it changes", async () => {
  const { standIn, account } = vendor;
  const changes: string[] = [];
  const stop = standIn.subscribe(({ accountId, address }) => changes.push(`${accountId} ${address}`));
  standIn.write(account.id, camille, "Bonjour");
  await standIn.settled();
  expect(changes).toEqual([`${account.id} ${camille.address}`, `${account.id} ${camille.address}`]);
  stop();
  standIn.write(account.id, camille, "Encore");
  await standIn.settled();
  expect(changes).toHaveLength(2);
});

test("the check passes for a channel that is connected", async () => {
  const lines = await whatsapp.check(vendor.channel, { webhookUrl: vendor.webhookUrl });
  expect(lines.map(({ check, result }) => `${check} ${result}`)).toEqual([
    "credential pass",
    "app_secret pass",
    "number pass",
    "account pass",
    "subscription pass",
    "webhook pass",
  ]);
});

test.each([
  [{ access_token: "un-autre-jeton" }, "credential", "token_rejected"],
  [{ app_secret: "un-autre-secret" }, "app_secret", "app_secret_wrong"],
  [{ display_phone_number: "+33 1 99 00 99 99" }, "number", "number_differs"],
  [{ business_account_id: "999999999999" }, "account", "account_not_found"],
  [{ phone_number_id: "999999999999" }, "credential", "number_not_found"],
])("the check names what is wrong with %o", async (change, check, reason) => {
  const channel = { ...vendor.channel, credentials: { ...credentials, ...change } };
  const lines = await whatsapp.check(channel, { webhookUrl: vendor.webhookUrl });
  expect(lines).toContainEqual(expect.objectContaining({ check, result: "fail", reason }));
  expect(JSON.stringify(lines)).not.toContain(channel.credentials.access_token);
});

test("the check says when Meta posts elsewhere, and when Meta cannot be asked", async () => {
  const elsewhere = await whatsapp.check(vendor.channel, { webhookUrl: "https://guichet.example/webhooks/whatsapp" });
  expect(elsewhere).toContainEqual({
    check: "webhook",
    result: "fail",
    reason: "webhook_differs",
    detail: vendor.webhookUrl,
  });
  const nowhere = await whatsapp.check(
    { ...vendor.channel, apiBaseUrl: await closedAddress() },
    { webhookUrl: vendor.webhookUrl },
  );
  expect(new Set(nowhere.map(({ result, reason }) => `${result} ${reason}`))).toEqual(
    new Set(["unknown provider_unreachable"]),
  );
});
