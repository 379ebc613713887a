import { afterAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { simpleParser } from "mailparser";
import { createAppointment, createService } from "#db/factories-appointments.ts";
import { createConversation, createCustomer, createMember, systemCtx } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { systemClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { connectChannel } from "#server/domains/channels/jobs.ts";
import { saveMailSignature } from "#server/domains/channels/save-mail-signature.ts";
import { findReplyable } from "#server/domains/conversations/find-replyable.ts";
import { getConversation } from "#server/domains/conversations/get-conversation.ts";
import { releaseMessagesJob, sendMessageJob } from "#server/domains/conversations/jobs.ts";
import { replyToConversation } from "#server/domains/conversations/reply-to-conversation.ts";
import type { ReplyInput } from "#server/domains/conversations/schemas.ts";
import { writeOutgoing } from "#server/domains/conversations/write-message.ts";
import { openMailTests, openShop } from "./testing.ts";
import { startSmtp } from "./testing-smtp.ts";

await testDatabase();
const authority = openMailTests();
const smtp = await startSmtp("secret", authority.issue("localhost"));
afterAll(() => smtp.close());
beforeEach(() => {
  smtp.setPassword("secret");
  smtp.taken.length = 0;
});
const run = { clock: systemClock, signal: new AbortController().signal };

/** A business that sends over the test's server and reads nothing: no copy of what is sent can be kept. */
async function counter(credentials: Record<string, string> = {}) {
  const shop = await openShop({
    imap_port: "1",
    imap_password: "secret",
    smtp_port: String(smtp.port),
    ...credentials,
  });
  const member = await createMember(shop.tenant);
  const ctx = systemCtx(shop.tenant);
  const { channelId } = shop.channel;
  const { conversationId } = await createConversation(shop.tenant, {
    channel: shop.channel,
    addressKind: "email",
    addressValue: "alix@client.example",
    subject: "Une lampe",
    participants: ["alix@client.example", "marie@client.example"],
    lastInboundAt: new Date(),
  });
  const { tenantId } = shop.tenant;
  return {
    ...shop,
    member,
    ctx,
    channelId,
    mail: async () => (await getConversation(member.ctx, { conversationId })).mail,
    write: async (text: string, mail: Pick<ReplyInput, "subject" | "cc"> = {}) =>
      (await replyToConversation(member.ctx, { conversationId, text, idempotencyKey: newId(), ...mail })).messageId,
    send: (messageId: string) => sendMessageJob.run({ tenantId, messageId }, run),
    release: () => releaseMessagesJob.run({ tenantId, channelId }, run),
    message: async (messageId: string) => (await shop.messages()).find(({ id }) => id === messageId),
    health: async () =>
      (
        await shop.rows<{ reason: string | null; blocked: string | null }>(
          "select last_error_reason as reason, sending_blocked as blocked from channel_configurations",
        )
      )[0],
    alerts: async () =>
      (
        await shop.rows<{ reason: string }>("select data ->> 'reason' as reason from alerts where resolved_at is null")
      ).map(({ reason }) => reason),
  };
}

const sentTexts = async () =>
  Promise.all(smtp.taken.map(async ({ bytes }) => ((await simpleParser(bytes)).text ?? "").trim()));

describe("what is said of an appointment", () => {
  test("takes it along for the customer's calendar, as it stands when the mail leaves; one that is gone is left out", async () => {
    const { ctx, tenant, channel, member, send } = await counter();
    const customer = await createCustomer(tenant, { email: "sophie@client.example" });
    const service = await createService(tenant, [member.userId], { name: "Pose d’un lustre" });
    const { customerId } = customer;
    const startsAt = new Date("2031-05-05T12:30:00Z");
    const { appointmentId } = await createAppointment(service, { userId: member.userId, customerId, startsAt });
    const to = await createConversation(tenant, {
      channel,
      customer,
      addressKind: "email",
      addressValue: "sophie@client.example",
      lastInboundAt: new Date(),
    });
    const say = async (text: string) => {
      const reached = await withTenant(ctx, (tx) => findReplyable(tx, to.conversationId));
      const said = { text, appointment: appointmentId, calendar: "fr" as const, replyToExternalId: null };
      const { messageId } = await writeOutgoing(ctx, reached, { ...said, idempotencyKey: newId() });
      return messageId;
    };
    await send(await say("C’est noté."));
    const mail = await simpleParser(smtp.taken.at(-1)!.bytes);
    expect(mail.attachments).toMatchObject([
      { filename: "rendez-vous-2031-05-05.ics", contentType: "text/calendar", size: expect.any(Number) },
    ]);
    const file = mail.attachments[0]!.content.toString("utf8");
    expect(file).toContain("DTSTART:20310505T123000Z");
    expect(file.replaceAll(/\r\n /g, "")).toContain("SUMMARY:Pose d’un lustre");

    const late = await say("Ce qui n’est plus.");
    await withTenant(tenant, (tx) => tx.raw`delete from appointments where id = ${appointmentId}`);
    await send(late);
    expect((await simpleParser(smtp.taken.at(-1)!.bytes)).attachments).toEqual([]);
  });
});

describe("what a member writes", () => {
  test("goes to the thread, under its subject, signed by who wrote it", async () => {
    const { channelId, member, write, send, mail, tenant } = await counter();
    await saveMailSignature(member.ctx, { channelId, signature: "{{agent.name}}\n{{business.name}}" });
    expect(await mail()).toEqual({
      subject: "Re: Une lampe",
      to: "alix@client.example",
      cc: ["marie@client.example"],
      signature: "{{agent.name}}\n{{business.name}}",
    });
    await send(await write("Elle est prête."));
    expect(smtp.taken[0]?.to).toEqual(["alix@client.example", "marie@client.example"]);
    expect(await sentTexts()).toEqual([`Elle est prête.\n\n-- \n${member.name}\n${tenant.name}`]);
  });

  test("goes to others, under another subject, where the writer says so; whoever read along stays in the thread", async () => {
    const { write, send, mail } = await counter();
    const messageId = await write("Voici.", {
      subject: "Votre devis",
      cc: ["luc@client.example", "ALIX@client.example"],
    });
    await send(messageId);
    expect(smtp.taken[0]?.to).toEqual(["alix@client.example", "luc@client.example"]);
    expect(await simpleParser(smtp.taken[0]!.bytes)).toMatchObject({ subject: "Votre devis" });
    expect((await mail())?.cc.toSorted()).toEqual(["luc@client.example", "marie@client.example"]);
    await send(await write("À vous seule.", { cc: [] }));
    expect(smtp.taken[1]?.to).toEqual(["alix@client.example"]);
  });
});

describe("sending is blocked", () => {
  test("by a refused password, which is not the one for reading; what waits leaves once, in order, when it is right", async () => {
    const { ctx, channelId, write, send, release, message, health, alerts } = await counter();
    smtp.setPassword("changé");
    const first = await write("Un");
    await send(first);
    expect(await message(first)).toMatchObject({ status: "pending", error_code: "smtp_login_refused" });
    expect(await health()).toEqual({ reason: "smtp_login_refused", blocked: "smtp_login_refused" });
    expect(await alerts()).toEqual(["smtp_login_refused"]);
    const second = await write("Deux");
    await send(second);
    expect(smtp.taken).toEqual([]);

    await connectChannel(ctx, { channelId, credentials: { smtp_password: "changé" } });
    expect(await health()).toEqual({ reason: null, blocked: null });
    expect(await alerts()).toEqual([]);
    await release();
    for (const messageId of [first, second, first, second]) await send(messageId);
    expect(await sentTexts()).toEqual(["Un", "Deux"]);
  });

  test("by nothing less: a server that is away, or shows a bad certificate, is said on the channel and waited for", async () => {
    const expired = await startSmtp("secret", authority.issue("localhost", { expired: true }));
    onTestFinished(() => expired.close());
    const ways: [Record<string, string>, string | null, string[]][] = [
      [{ smtp_host: "nowhere.invalid" }, "smtp_host_not_found", ["smtp_host_not_found"]],
      [{ smtp_port: String(expired.port) }, "smtp_certificate", ["smtp_certificate"]],
      // Once is no news.
      [{ smtp_port: "1" }, null, []],
    ];
    for (const [credentials, reason, told] of ways) {
      const { ctx, channelId, write, send, message, health, alerts } = await counter(credentials);
      const messageId = await write("Bonjour");
      await send(messageId);
      expect(await message(messageId)).toMatchObject({ status: "pending" });
      expect(await health()).toEqual({ reason, blocked: null });
      expect(await alerts()).toEqual(told);
      await connectChannel(ctx, { channelId, credentials: { smtp_host: "localhost", smtp_port: String(smtp.port) } });
      await send(messageId);
      expect(await message(messageId)).toMatchObject({ status: "sent" });
      expect(await health()).toEqual({ reason: null, blocked: null });
      expect(await alerts()).toEqual([]);
    }
    expect(await sentTexts()).toEqual(["Bonjour", "Bonjour", "Bonjour"]);
    expect(expired.taken).toEqual([]);
  });
});
