import { serve } from "@hono/node-server";
import { eq } from "drizzle-orm";
import { Hono } from "hono";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach } from "vitest";
import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
  testConfig,
} from "#db/factories.ts";
import { messages } from "#db/schema/messages.ts";
import { appPool, withTenant } from "#db/tenant.ts";
import { systemClock } from "#server/core/clock.ts";
import { useConfig } from "#server/core/config.ts";
import { newId } from "#server/core/ids.ts";
import { wellBehaved } from "#server/providers/stand-in.ts";
import { createTwilioFake } from "#server/providers/twilio/fake.ts";
import { createWhatsappFake } from "#server/providers/whatsapp/fake.ts";
import { sendMessageJob } from "./jobs.ts";
import { replyToConversation } from "./reply-to-conversation.ts";

export const minute = 60_000;

/** The vendors' stand-ins over HTTP, for one test file; their webhooks go to an address that only says yes. */
export async function openVendors() {
  const site = new Hono();
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const listening = serve({ fetch: site.fetch, port: 0 }, () => resolve(listening));
  });
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const whatsapp = createWhatsappFake({ webhookUrl: `${origin}/sink` });
  const twilio = createTwilioFake({ webhookUrl: `${origin}/sink` });
  site.post("/sink", (c) => c.text("ok"));
  site.route("/simulator/api/whatsapp", whatsapp.app);
  site.route("/simulator/api/twilio", twilio.app);
  useConfig(testConfig({ publicUrl: origin }));
  afterAll(() => {
    whatsapp.close();
    twilio.close();
    server.close();
  });
  beforeEach(() => {
    whatsapp.setBehaviour(wellBehaved);
    twilio.setBehaviour(wellBehaved);
  });
  return { whatsapp, twilio };
}

/** A business with one conversation that can be answered, and what tests ask of it. */
export async function openCounter({ whatsapp }: Pick<Awaited<ReturnType<typeof openVendors>>, "whatsapp">) {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, { simulated: true });
  const account = whatsapp.addAccount(channel.credentials);
  const member = await createMember(tenant);
  const customer = await createCustomer(tenant);
  const conversation = await createConversation(tenant, { channel, customer });
  await createMessage(conversation, { occurredAt: new Date(Date.now() - minute) });
  const { conversationId } = conversation;
  const reply = (text: string, key = newId()) =>
    replyToConversation(member.ctx, { conversationId, text, idempotencyKey: key });
  const read = async (messageId: string) => {
    const [row] = await withTenant(tenant, (tx) => tx.select().from(messages).where(eq(messages.id, messageId)));
    if (!row) throw new Error("no such message");
    return row;
  };
  const setMessage = (messageId: string, set: Partial<typeof messages.$inferInsert>) =>
    withTenant(tenant, (tx) => tx.update(messages).set(set).where(eq(messages.id, messageId)));
  const run = (messageId: string, clock = systemClock, signal = new AbortController().signal) =>
    sendMessageJob.run({ tenantId: tenant.tenantId, messageId }, { clock, signal });
  const phone = () => whatsapp.transcript(account.id, customer.phone).map((message) => message.text);
  return { tenant, channel, member, customer, conversation, conversationId, reply, read, setMessage, run, phone };
}

/** How many jobs a message has had. */
export async function jobsOf(messageId: string): Promise<number> {
  const rows =
    await appPool()`select from pgboss.job where name = 'messages.send' and data->>'messageId' = ${messageId}`;
  return rows.length;
}
