import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMember, createTenant, testConfig } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { withTenant } from "#db/tenant.ts";
import type { Viewer } from "#server/auth/viewer.ts";
import { useConfig } from "#server/core/config.ts";
import { newId } from "#server/core/ids.ts";
import { systemClock } from "#server/core/clock.ts";
import { beginChannel, channelAccess } from "#server/domains/channels/index.ts";
import { connectChannel } from "#server/domains/channels/jobs.ts";
import { testChannel } from "#server/domains/channels/test-channel.ts";
import { revealVerifyToken, webhookAddress } from "#server/domains/channels/webhook-address.ts";
import { sendMessageJob } from "#server/domains/conversations/jobs.ts";
import { replyToConversation } from "#server/domains/conversations/reply-to-conversation.ts";
import { startDraining } from "#server/domains/webhook-logs/jobs.ts";
import { providerNamed } from "#server/providers/registry.ts";
import { answerWebhook, isWebhook, stopIntake } from "#server/webhooks/index.ts";
import { behave, changeAtProvider, playableLines, verifyAddress, viewLine, watchLine } from "./play-line.ts";
import { reactAsCustomer, readAsCustomer, unsendAsCustomer, writeAsBusiness, writeAsCustomer } from "./play-phone.ts";
import { createSimulator, useSimulator } from "./simulator.ts";

await testDatabase();
useConfig(testConfig({ simulator: true }));
const drain = startDraining();
const app = new Hono();
const listener = getRequestListener(app.fetch);
const server = createServer(
  (request, response) => void (isWebhook(request) ? answerWebhook(request, response) : listener(request, response)),
);
beforeAll(async () => {
  const simulator = createSimulator();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  useConfig(testConfig({ simulator: true, publicUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
  useSimulator(simulator);
  app.route("/simulator/api", simulator.api);
});
afterAll(async () => {
  useSimulator(undefined);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await stopIntake();
  await drain.stop();
});

const rows = (tenantId: string, query: string) =>
  withTenant({ tenantId }, async ({ raw }) => [...(await raw.unsafe(query))]);

/** What the customer's phone shows. */
async function messagesOn(phone: { channelId: string; address: string }) {
  const { seen } = await viewLine(null, phone);
  return seen.kind === "phone" ? seen.messages : [];
}

async function shop(provider: "whatsapp" | "instagram" | "twilio", demo = true) {
  const tenant = await createTenant({ demo });
  const { ctx } = await createMember(tenant, "admin");
  const { channelId } = await beginChannel(ctx, { provider, name: "Simulé", simulated: true });
  const address = provider === "instagram" ? "612000000004501" : "+33639984501";
  return { ...tenant, ctx, channelId, phone: { channelId, address } };
}

test.each(["whatsapp", "twilio"] as const)(
  "%s: the customer's words arrive, the reply is shown and reported",
  async (provider) => {
    const { tenantId, ctx, phone } = await shop(provider);
    await writeAsCustomer(null, { ...phone, name: "Lucie Perrin", text: "Bonjour, est-ce ouvert samedi ?" });
    await expect
      .poll(() => rows(tenantId, "select status, webhook_type from webhook_logs"))
      .toMatchObject([{ status: "processed", webhook_type: "message.text" }]);
    expect(await rows(tenantId, "select text from messages where direction = 'in'")).toMatchObject([
      { text: "Bonjour, est-ce ouvert samedi ?" },
    ]);
    await expect.poll(async () => (await messagesOn(phone))[0]?.tick).toBe("delivered");

    const access = await channelAccess(ctx, phone.channelId);
    const sent = await providerNamed(provider)!.send(access, {
      id: "message-1",
      to: { kind: "phone", value: phone.address },
      text: "Oui, jusqu’à 19 h.",
      replyToId: null,
      statusCallbackUrl: access.webhookUrl,
    });
    expect(sent).toMatchObject({ outcome: "accepted" });
    expect((await messagesOn(phone)).at(-1)).toMatchObject({
      author: "business",
      text: "Oui, jusqu’à 19 h.",
    });
    await readAsCustomer(null, phone);
    const reported =
      provider === "whatsapp"
        ? ["status.delivered", "status.read", "status.sent"]
        : ["status.delivered", "status.sent"];
    await expect
      .poll(() =>
        rows(tenantId, "select webhook_type as type from webhook_logs where webhook_type like 'status%' order by 1"),
      )
      .toEqual(reported.map((type) => ({ type })));
  },
);

test.each(["whatsapp", "twilio"] as const)(
  "%s: the test checklist passes on a simulated channel, line by line",
  async (provider) => {
    const { ctx, channelId, tenantId } = await shop(provider);
    const { lines, passed } = await testChannel(ctx, { channelId });
    expect(lines.filter((line) => line.result !== "pass")).toEqual([]);
    expect(passed).toBe(true);
    expect(lines.map((line) => line.check)).toEqual(
      expect.arrayContaining(["outbound", "credential", "number", "webhook", "public_address", "inbound"]),
    );
    expect(await rows(tenantId, "select id from customers")).toEqual([]);
  },
);

test("Instagram's customers comment, answer and mention stories, wrote yesterday, and take it back", async () => {
  const { tenantId, phone } = await shop("instagram");
  const { seen } = await viewLine(null, phone);
  expect(seen).toMatchObject({ ways: ["direct", "story_reply", "story_mention", "comment"], unsends: true });
  const write = (more: object) => writeAsCustomer(null, { ...phone, name: "Lucie Perrin", text: "", ...more });
  await expect(write({ as: "direct" })).rejects.toMatchObject({ fields: { text: "required" } });
  await write({ as: "comment", text: "Quel prix ?" });
  await write({ as: "story_reply", text: "Superbe !" });
  await write({ as: "story_mention" });
  const { messageId } = await write({ text: "Oubliez-moi", hoursAgo: 36 });
  const received = () => rows(tenantId, "select text, data, occurred_at as at, deleted_at as gone from messages");
  await expect.poll(async () => (await received()).length).toBe(4);
  const byText = new Map((await received()).map((row) => [row.text as string, row]));
  expect(byText.get("Quel prix ?")).toMatchObject({ data: { comment: { live: false } } });
  expect(byText.get("Superbe !")).toMatchObject({ data: { story: { mention: false } } });
  expect(byText.get("📣")).toMatchObject({ data: { story: { mention: true } } });
  const wrote = byText.get("Oubliez-moi")?.at as Date | undefined;
  expect(Math.round((Date.now() - Number(wrote)) / 3_600_000)).toBe(36);
  await unsendAsCustomer(null, { ...phone, messageId });
  await expect.poll(async () => (await received()).filter((row) => row.gone !== null)).toHaveLength(1);
  expect(JSON.stringify(await received())).not.toContain("Oubliez-moi");
});

test("a switched-on duplicate is logged twice and answered once", async () => {
  const { tenantId, phone, channelId } = await shop("whatsapp");
  await behave(null, { channelId, duplicate: true, shuffle: true });
  await writeAsCustomer(null, { ...phone, name: "", text: "Deux fois ?" });
  await expect
    .poll(() => rows(tenantId, "select status from webhook_logs order by status"))
    .toEqual([{ status: "duplicate" }, { status: "processed" }]);
  await behave(null, { channelId, duplicate: false, shuffle: false });
  expect(await rows(tenantId, "select id from messages where direction = 'in'")).toHaveLength(1);
});

test("refused sends say the provider's code", async () => {
  const { ctx, phone, channelId } = await shop("whatsapp");
  await behave(null, { channelId, failSends: true });
  const access = await channelAccess(ctx, channelId);
  const outcome = await providerNamed("whatsapp")!.send(access, {
    id: "m",
    to: { kind: "phone", value: phone.address },
    text: "x",
    replyToId: null,
    statusCallbackUrl: null,
  });
  await behave(null, { channelId, failSends: false });
  expect(outcome).toMatchObject({ outcome: "refused", code: "131026" });
});

test("what is changed in Meta's console is found by the test, and mended by new credentials", async () => {
  const { ctx, channelId } = await shop("whatsapp");
  const failing = async () => {
    const { lines } = await testChannel(ctx, { channelId });
    return lines.filter((line) => line.result === "fail").map((line) => line.reason);
  };
  const faultsOf = async () => (await viewLine(null, { channelId })).faults;
  await changeAtProvider(null, { channelId, fault: "address_changed", on: true });
  expect(await failing()).toEqual(["webhook_differs"]);
  await changeAtProvider(null, { channelId, fault: "address_changed", on: false });
  await changeAtProvider(null, { channelId, fault: "secret_renewed", on: true });
  expect(await failing()).toEqual(["app_secret_wrong"]);
  await changeAtProvider(null, { channelId, fault: "token_revoked", on: true });
  expect(await failing()).toContain("token_rejected");
  expect(await faultsOf()).toEqual(["token_revoked", "secret_renewed"]);
  const renewed = { access_token: "un-autre-jeton-0123456789", app_secret: "un-autre-secret-0123456789" };
  await connectChannel(ctx, { channelId, credentials: renewed });
  await expect.poll(faultsOf).toEqual([]);
  expect(await failing()).toEqual([]);
});

test("Meta asks whether the address is ours: yes to the channel's own verify token only", async () => {
  const { ctx, channelId } = await shop("whatsapp");
  const { verifyToken } = await revealVerifyToken(ctx, { channelId });
  const known = async () => (await webhookAddress(ctx, { channelId })).verification?.accepted ?? null;
  expect(await known()).toBeNull();
  expect(await verifyAddress(null, { channelId, verifyToken: `${verifyToken}x` })).toEqual({ confirmed: false });
  await expect.poll(known).toBe(false);
  expect(await verifyAddress(null, { channelId, verifyToken })).toEqual({ confirmed: true });
  await expect.poll(known).toBe(true);
});

test("a customer without a number writes, reacts and is answered, by us and from the business's phone", async () => {
  const { tenantId, ctx, channelId } = await shop("whatsapp");
  const phone = { channelId, address: "FR.20457820012345" };
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
  const file = { mimeType: "image/png", bytes };
  const { messageId } = await writeAsCustomer(null, { ...phone, name: "Dominique", text: "", file });
  const known = () => rows(tenantId, "select kind, value from customer_identities");
  await expect.poll(known).toEqual([{ kind: "whatsapp_user_id", value: phone.address }]);
  expect(await rows(tenantId, "select kind, external_id as id from messages")).toEqual([
    { kind: "media", id: messageId },
  ]);
  const echo = await writeAsBusiness(null, { ...phone, name: "", text: "Vu, merci !" });
  await expect
    .poll(() => rows(tenantId, "select text, status from messages where direction = 'out'"))
    .toMatchObject([{ text: "Vu, merci !" }]);
  await reactAsCustomer(null, { ...phone, messageId: echo.messageId, emoji: "👍" });
  await expect
    .poll(() => rows(tenantId, "select reactions from messages where direction = 'out'"))
    .not.toMatchObject([{ reactions: [] }]);
  const [{ id: conversationId } = { id: "" }] = await rows(tenantId, "select id from conversations");
  const words = { conversationId: String(conversationId), text: "Nous revenons vers vous.", idempotencyKey: newId() };
  const { messageId: ours } = await replyToConversation(ctx, words);
  await sendMessageJob.run({ tenantId, messageId: ours }, { clock: systemClock, signal: new AbortController().signal });
  await expect
    .poll(() => rows(tenantId, `select status from messages where id = '${ours}'`))
    .toEqual([{ status: "delivered" }]);
  expect((await messagesOn(phone)).map(({ author, text }) => [author, text])).toEqual([
    ["customer", ""],
    ["business", "Vu, merci !"],
    ["business", "Nous revenons vers vous."],
  ]);
  expect(await known()).toHaveLength(1);
});

test("anybody plays on made-up businesses, only members on others", async () => {
  const mine = await shop("whatsapp", false);
  const stranger = await shop("whatsapp", false);
  const membership = { tenantId: mine.tenantId, slug: mine.slug } as Viewer["memberships"][number];
  const viewer = { userId: "u", memberships: [membership] } as Viewer;
  const own = (await playableLines(viewer)).filter((line) => !line.demo).map((line) => line.channelId);
  expect(own).toEqual([mine.channelId]);
  expect((await playableLines(null)).every((line) => line.demo)).toBe(true);
  await expect(writeAsCustomer(viewer, { ...stranger.phone, name: "", text: "x" })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(viewLine(null, mine.phone)).rejects.toMatchObject({ code: "not_found" });
});

test("a watcher hears of the phones of its line until it goes", async () => {
  const { phone, channelId } = await shop("twilio");
  const gone = new AbortController();
  const heard: string[] = [];
  const watching = (async () => {
    for await (const { address } of watchLine(null, channelId, gone.signal)) heard.push(address);
  })();
  await expect.poll(() => heard).toEqual([""]);
  await writeAsCustomer(null, { ...phone, name: "", text: "Coucou" });
  await expect.poll(() => heard).toContain(phone.address);
  gone.abort();
  await watching;
});

test("where the simulator is off there is nothing", async () => {
  useSimulator(undefined);
  await expect(playableLines(null)).rejects.toMatchObject({ code: "not_found" });
});
