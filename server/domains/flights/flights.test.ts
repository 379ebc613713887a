import { describe, expect, test } from "vitest";
import {
  createChannel,
  createConversation,
  createMember,
  createMessage,
  createTenant,
  systemCtx,
} from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { logsOf, post, rowsOf, startEdge, textMessage, whatsappPost } from "#server/webhooks/testing.ts";
import { recordFlight } from "./record-flight.ts";

await testDatabase();
const { url, drain } = await startEdge();

async function shop() {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, { name: "Boutique", autoTicketRule: "new_conversation" });
  const secret = channel.credentials.app_secret!;
  const write = async (message: ReturnType<typeof textMessage>, times = 1) => {
    const body = whatsappPost({ channel, messages: [message] });
    for (let count = 0; count < times; count++) await post(`${url}/webhooks/whatsapp`, body, secret);
    await drain.emptied(tenant.tenantId);
  };
  const status = async (id: string, word: string) => {
    const at = String(Math.floor(Date.now() / 1000));
    const statuses = [{ id, status: word, timestamp: at, recipient_id: "33639980001" }];
    await post(`${url}/webhooks/whatsapp`, whatsappPost({ channel, statuses }), secret);
    await drain.emptied(tenant.tenantId);
  };
  return { tenant, channel, write, status, ctx: systemCtx(tenant) };
}

const kinds = (flight: Awaited<ReturnType<typeof recordFlight>>) => flight.steps.map((step) => step.kind);

describe("the flight of a message", () => {
  test("that came in goes from its post to the ticket it opened, with why it is this customer's", async () => {
    const { tenant, write, ctx } = await shop();
    await write(textMessage({ id: `wamid.${newId()}`, from: "33639980001" }), 2);
    const [message] = await rowsOf<{ id: string }>(tenant, "messages");
    const flight = await recordFlight(ctx, { subject: "message", id: message!.id });
    expect(kinds(flight).slice(0, 5)).toEqual(["received", "verified", "routed", "matched", "conversation"]);
    // Its second delivery may come before the first one is worked on.
    expect(kinds(flight).slice(5).toSorted()).toEqual(["repeated", "stored", "ticket"]);
    const [log, duplicate] = await logsOf(tenant);
    const step = (kind: string) => flight.steps.find((one) => one.kind === kind);
    expect(step("received")).toMatchObject({ logId: log!.id, facts: { provider: "whatsapp" } });
    expect(step("matched")).toMatchObject({
      facts: { isNew: true, by: expect.stringMatching(/^(phone|whatsapp_id)$/), name: "Camille Durand" },
    });
    expect(step("conversation")).toMatchObject({ facts: { isNew: true } });
    expect(step("ticket")).toMatchObject({ facts: { number: 1 } });
    expect(step("repeated")).toMatchObject({ logId: duplicate!.id });

    await write(textMessage({ id: `wamid.${newId()}`, from: "33639980001", text: "Encore moi" }));
    const second = (await rowsOf<{ id: string }>(tenant, "messages")).find((row) => row.id !== message!.id);
    const next = await recordFlight(ctx, { subject: "message", id: second!.id });
    expect(next.steps.find((one) => one.kind === "matched")).toMatchObject({ facts: { isNew: false } });
    expect(next.steps.find((one) => one.kind === "conversation")).toMatchObject({ facts: { isNew: false } });
  });

  test("that went out tells who wrote it, what the provider took it as, and each status with its event", async () => {
    const { tenant, channel, status, ctx } = await shop();
    const author = await createMember(tenant, "agent", { name: "Nadia" });
    const conversation = await createConversation(tenant, { channel });
    const externalId = `wamid.${newId()}`;
    const writtenAt = new Date();
    const { messageId } = await createMessage(conversation, {
      direction: "out",
      status: "sent",
      externalId,
      authorId: author.userId,
      attempts: 1,
      occurredAt: writtenAt,
      lastAttemptAt: writtenAt,
      sentAt: writtenAt,
    });
    await status(externalId, "delivered");
    await status(externalId, "read");
    const flight = await recordFlight(ctx, { subject: "message", id: messageId });
    expect(new Set(kinds(flight))).toEqual(new Set(["written", "tried", "accepted", "delivered", "read"]));
    expect(flight.steps[0]).toMatchObject({ kind: "written", facts: { by: "member", name: "Nadia" } });
    const told = flight.steps.filter((step) => step.logId).map((step) => step.logId);
    expect(told).toEqual((await logsOf(tenant)).map((row) => row.id));
  });

  test("that failed says the provider's words", async () => {
    const { tenant, channel, ctx } = await shop();
    const conversation = await createConversation(tenant, { channel });
    const at = new Date();
    const failure = { status: "failed" as const, failedAt: at, errorMessage: "Number not on WhatsApp" };
    const sent = { direction: "out" as const, attempts: 1, occurredAt: at };
    const { messageId } = await createMessage(conversation, { ...sent, ...failure });
    const flight = await recordFlight(ctx, { subject: "message", id: messageId });
    expect(flight.steps.at(-1)).toMatchObject({
      kind: "failed",
      state: "bad",
      facts: { words: "Number not on WhatsApp" },
    });
  });
});

test("the flight of a ticket begins with the event that opened it, and has every change", async () => {
  const { tenant, write, ctx } = await shop();
  await write(textMessage({ id: `wamid.${newId()}`, from: "33639980001" }));
  const [ticket] = await rowsOf<{ id: string }>(tenant, "tickets");
  const flight = await recordFlight(ctx, { subject: "ticket", id: ticket!.id });
  expect(kinds(flight).slice(0, 3)).toEqual(["received", "verified", "routed"]);
  expect(flight.steps.at(-1)).toMatchObject({ kind: "ticket_change", facts: { type: "opened" } });
  expect(flight.subject).toMatchObject({ ticketNumber: 1, customerName: "Camille Durand" });
});

test("another tenant's message, ticket or call has no flight", async () => {
  const { tenant, write } = await shop();
  await write(textMessage({ id: `wamid.${newId()}`, from: "33639980001" }));
  const stranger = systemCtx(await createTenant());
  const [message] = await rowsOf<{ id: string }>(tenant, "messages");
  const [ticket] = await rowsOf<{ id: string }>(tenant, "tickets");
  for (const asked of [
    { subject: "message", id: message!.id },
    { subject: "ticket", id: ticket!.id },
    { subject: "call", id: newId() },
  ] as const)
    await expect(recordFlight(stranger, asked)).rejects.toMatchObject({ code: "not_found" });
});
