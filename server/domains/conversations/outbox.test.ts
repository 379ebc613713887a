import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createTenant,
  readCustomer,
} from "#db/factories.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { messages } from "#db/schema/messages.ts";
import { customerActivities } from "#db/schema/customers.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock, systemClock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { startJobs } from "#server/jobs/start-jobs.ts";
import { wellBehaved } from "#server/providers/stand-in.ts";
import { applyMessageEvents } from "./apply-message-events.ts";
import { sendMessageJob, sweepMessagesJob } from "./jobs.ts";
import { jobsOf, minute, openCounter, openVendors } from "./outbox-test.ts";
import { recordAccepted } from "./record-accepted.ts";
import { replyToConversation } from "./reply-to-conversation.ts";
import { retryMessage } from "./retry-message.ts";

const database = await testDatabase();
const vendors = await openVendors();
const { whatsapp, twilio } = vendors;
const counter = () => openCounter(vendors);

describe("the outbox", () => {
  it("hands the message over and shows it as sent, with an interaction and the channel's sign of life", async () => {
    const { tenant, channel, customer, reply, read, phone } = await counter();
    const working = await startJobs({ directUrl: database.appUrl, jobs: [sendMessageJob], periodic: [] });
    try {
      const { messageId } = await reply("Votre lampe est prête");
      await expect.poll(async () => (await read(messageId)).status).toBe("sent");
      expect(phone()).toEqual(["Votre lampe est prête"]);
      expect(await read(messageId)).toMatchObject({
        externalId: expect.stringMatching(/^wamid\./),
        sending: false,
        attempts: 1,
      });
      const activities = await withTenant(tenant, (tx) =>
        tx.select().from(customerActivities).where(eq(customerActivities.messageId, messageId)),
      );
      expect(activities).toEqual([expect.objectContaining({ type: "message_sent", customerId: customer.customerId })]);
      const [row] = await withTenant(tenant, (tx) =>
        tx.select().from(channelConfigurations).where(eq(channelConfigurations.id, channel.channelId)),
      );
      expect(row?.lastOutboundAt).toBeInstanceOf(Date);
      expect((await readCustomer(customer)).totalMessages).toBe(2);
    } finally {
      await working.stop();
    }
  });

  it("never lowers what a fast status event raised", async () => {
    const { tenant, reply, read, setMessage } = await counter();
    const { messageId } = await reply("vite");
    await setMessage(messageId, { status: "read", readAt: new Date() });
    await recordAccepted(contextFor(tenant.tenantId, { type: "job", name: "test" }), {
      messageId,
      externalId: "wamid.fast",
    });
    expect(await read(messageId)).toMatchObject({ status: "read", externalId: "wamid.fast" });
  });

  it("takes in statuses that came before the provider's id was known", async () => {
    const { tenant, channel, reply, read } = await counter();
    const { messageId } = await reply("lue avant d'être envoyée");
    const ctx = contextFor(tenant.tenantId, { type: "webhook", channelId: channel.channelId });
    const status = (word: "delivered" | "read") => ({
      channelId: channel.channelId,
      webhookLogId: null,
      dedupeKey: `wamid.early:${word}`,
      event: {
        kind: "status" as const,
        messageId: "wamid.early",
        trackingId: null,
        status: word,
        error: null,
        occurredAt: new Date(),
        costCents: null,
      },
    });
    const parked = await applyMessageEvents(ctx, [status("read"), status("delivered")]);
    expect(parked.map((one) => one.outcome)).toEqual(["parked", "parked"]);
    await recordAccepted(ctx, { messageId, externalId: "wamid.early" });
    expect(await read(messageId)).toMatchObject({
      status: "read",
      deliveredAt: expect.any(Date),
      readAt: expect.any(Date),
    });
  });

  it("fails for good on a lasting refusal, with code and text, and sends again only when asked", async () => {
    const { member, reply, read, run, phone } = await counter();
    whatsapp.setBehaviour({ failSends: "131026" });
    const { messageId } = await reply("Bonjour");
    await run(messageId);
    expect(await read(messageId)).toMatchObject({
      status: "failed",
      errorCode: "131026",
      data: { refusal: "permanent" },
      sending: false,
    });
    whatsapp.setBehaviour(wellBehaved);
    const again = await Promise.all([retryMessage(member.ctx, { messageId }), retryMessage(member.ctx, { messageId })]);
    expect(new Set(again.map((one) => one.messageId)).size).toBe(1);
    await run(again[0]!.messageId);
    expect((await read(again[0]!.messageId)).status).toBe("sent");
    expect((await read(messageId)).data).toMatchObject({ retriedAs: again[0]!.messageId });
    expect(phone()).toEqual(["Bonjour"]);
    await expect(retryMessage(member.ctx, { messageId: again[0]!.messageId })).rejects.toMatchObject({
      reason: "not_failed",
    });
    const stranger = await createMember(await createTenant());
    await expect(retryMessage(stranger.ctx, { messageId })).rejects.toMatchObject({ code: "not_found" });
  });

  it("tries again later while a refusal may pass, and gives up in the end", async () => {
    const { reply, read, run } = await counter();
    whatsapp.setBehaviour({ failSends: "131016" });
    const { messageId } = await reply("patience");
    const clock = fixedClock(new Date());
    await run(messageId, clock);
    expect(await read(messageId)).toMatchObject({
      status: "pending",
      attempts: 1,
      errorCode: "131016",
      sending: false,
    });
    expect(await jobsOf(messageId)).toBe(2);
    for (let attempt = 2; attempt <= 6; attempt++) {
      clock.advance(30 * minute);
      await run(messageId, clock);
    }
    expect(await read(messageId)).toMatchObject({ status: "failed", attempts: 6 });
  });

  it("remembers who opted out", async () => {
    const tenant = await createTenant();
    const channel = await createChannel(tenant, { provider: "twilio", simulated: true });
    twilio.addAccount(channel.credentials);
    twilio.setBehaviour({ failSends: "21610" });
    const member = await createMember(tenant);
    const conversation = await createConversation(tenant, { channel });
    const send = () => replyToConversation(member.ctx, { ...conversation, text: "Bonjour", idempotencyKey: newId() });
    const { messageId } = await send();
    await sendMessageJob.run(
      { tenantId: tenant.tenantId, messageId },
      { clock: systemClock, signal: new AbortController().signal },
    );
    await expect(send()).rejects.toMatchObject({ reason: "opted_out" });
  });

  it("is unsure after a lost answer, and never sends it again by itself", async () => {
    const { reply, read, run, phone } = await counter();
    whatsapp.setBehaviour({ failSends: "lost" });
    const { messageId } = await reply("peut-être");
    await run(messageId);
    expect(await read(messageId)).toMatchObject({ status: "unknown", sending: false });
    whatsapp.setBehaviour(wellBehaved);
    await run(messageId);
    await sweepMessagesJob.run({
      clock: fixedClock(new Date(Date.now() + 60 * minute)),
      signal: new AbortController().signal,
    });
    expect(phone()).toEqual(["peut-être"]);
    expect((await read(messageId)).status).toBe("unknown");
  });

  it("does not send again what a crashed worker had begun to send", async () => {
    const { reply, read, run, setMessage, phone } = await counter();
    const { messageId } = await reply("deux fois ?");
    await setMessage(messageId, { sending: true, attempts: 1, lastAttemptAt: new Date() });
    await run(messageId);
    expect(await read(messageId)).toMatchObject({ status: "pending", sending: true });
    expect(await jobsOf(messageId)).toBe(2);
    await run(messageId, fixedClock(new Date(Date.now() + 2 * minute)));
    expect(await read(messageId)).toMatchObject({ status: "unknown", sending: false });
    expect(phone()).toEqual([]);
  });

  it("keeps the order of a conversation and the pace towards one person", async () => {
    const { reply, read, run, phone } = await counter();
    const written: string[] = [];
    for (const text of ["un", "deux", "trois", "quatre"]) written.push((await reply(text)).messageId);
    const [one, two, three, four] = written as [string, string, string, string];
    const clock = fixedClock(new Date());
    const hurried = new AbortController();
    hurried.abort();
    const runNow = (messageId: string) =>
      sendMessageJob.run({ tenantId: tenantOf, messageId }, { clock, signal: hurried.signal });
    const tenantOf = (await read(one)).tenantId;
    await runNow(two);
    expect((await read(two)).status).toBe("pending");
    for (const messageId of [one, two, three, four]) await runNow(messageId);
    expect(phone()).toEqual(["un", "deux", "trois"]);
    expect((await read(four)).status).toBe("pending");
    clock.advance(19_000);
    await run(four, clock);
    expect(phone()).toEqual(["un", "deux", "trois", "quatre"]);
  });

  it("keeps the number's rate over all its conversations", async () => {
    const tenant = await createTenant();
    const channel = await createChannel(tenant, { provider: "twilio", simulated: true });
    twilio.addAccount(channel.credentials);
    const member = await createMember(tenant);
    const clock = fixedClock(new Date());
    const hurried = new AbortController();
    hurried.abort();
    const sent: string[] = [];
    for (let i = 0; i < 3; i++) {
      const conversation = await createConversation(tenant, { channel, customer: await createCustomer(tenant) });
      const { messageId } = await replyToConversation(member.ctx, {
        ...conversation,
        text: `n° ${i}`,
        idempotencyKey: newId(),
      });
      await sendMessageJob.run({ tenantId: tenant.tenantId, messageId }, { clock, signal: hurried.signal });
      sent.push(messageId);
    }
    const rows = await withTenant(tenant, (tx) => tx.select().from(messages));
    expect(sent.map((id) => rows.find((row) => row.id === id)?.status)).toEqual(["sent", "pending", "pending"]);
  });

  it("fails what the channel's pause or the window has overtaken", async () => {
    const { reply, read, run } = await counter();
    const { messageId } = await reply("bientôt");
    await run(messageId, fixedClock(new Date(Date.now() + 25 * 60 * minute)));
    expect(await read(messageId)).toMatchObject({
      status: "failed",
      errorCode: "window_closed",
      data: { refusal: "window_closed" },
    });
  });

  it("gives messages that lost their job a new one", async () => {
    const { reply, setMessage } = await counter();
    const { messageId } = await reply("oubliée");
    await setMessage(messageId, { createdAt: new Date(Date.now() - 40 * minute) });
    const before = await jobsOf(messageId);
    await sweepMessagesJob.run({ clock: systemClock, signal: new AbortController().signal });
    expect(await jobsOf(messageId)).toBe(before + 1);
  });
});
