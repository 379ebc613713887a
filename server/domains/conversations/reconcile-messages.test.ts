import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { createChannel, createConversation, createCustomer, createMember, createTenant } from "#db/factories.ts";
import { messages } from "#db/schema/messages.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock, systemClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { wellBehaved } from "#server/providers/stand-in.ts";
import { reconcileMessagesJob, sendMessageJob } from "./jobs.ts";
import { minute, openVendors } from "./outbox-test.ts";
import { replyToConversation } from "./reply-to-conversation.ts";

await testDatabase();
const { twilio } = await openVendors();
const signal = new AbortController().signal;
const askIn = (minutes: number) =>
  reconcileMessagesJob.run({ clock: fixedClock(new Date(Date.now() + minutes * minute)), signal });

/** A text whose answer was lost on the way: Twilio has it, and we do not know. */
async function lostText(text: string) {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, { provider: "twilio", simulated: true });
  const account = twilio.addAccount(channel.credentials);
  const member = await createMember(tenant);
  const customer = await createCustomer(tenant);
  const { conversationId } = await createConversation(tenant, { channel, customer });
  const send = async (words: string) => {
    const { messageId } = await replyToConversation(member.ctx, {
      conversationId,
      text: words,
      idempotencyKey: newId(),
    });
    await sendMessageJob.run({ tenantId: tenant.tenantId, messageId }, { clock: systemClock, signal });
    return messageId;
  };
  const read = async (messageId: string) =>
    (await withTenant(tenant, (tx) => tx.select().from(messages).where(eq(messages.id, messageId))))[0]!;
  twilio.setBehaviour({ ...wellBehaved, failSends: "lost" });
  const messageId = await send(text);
  twilio.setBehaviour(wellBehaved);
  const phone = () => twilio.transcript(account.id, customer.phone).map((message) => message.text);
  return { account, messageId, send, read, phone };
}

it("finds at the provider what was sent although nobody heard so, and sends it no second time", async () => {
  const { messageId, send, read, phone } = await lostText("Votre lampe est prête");
  expect(await read(messageId)).toMatchObject({ status: "unknown", externalId: null });
  const other = await send("Votre lampe est prête");
  await askIn(0);
  expect((await read(messageId)).status).toBe("unknown");
  await askIn(2);
  const [found, twin] = [await read(messageId), await read(other)];
  expect(found).toMatchObject({ status: expect.stringMatching(/sent|delivered/), attempts: 1 });
  expect(found.externalId).toMatch(/^SM/);
  expect(found.externalId).not.toBe(twin.externalId);
  expect(phone()).toHaveLength(2);
});

it("leaves it unknown while the provider cannot be asked, and never sends it again", async () => {
  const { account, messageId, read } = await lostText("Peut-être");
  twilio.removeAccount(account.id);
  for (const minutes of [2, 5, 30]) await askIn(minutes);
  expect(await read(messageId)).toMatchObject({ status: "unknown", attempts: 1 });
});
