import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
  createTicket,
} from "#db/factories.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { messageEvents, messages } from "#db/schema/messages.ts";
import { customerCommunicationPreferences } from "#db/schema/customers.ts";
import { messageTemplates } from "#db/schema/templates.ts";
import { tickets } from "#db/schema/tickets.ts";
import { appPool, withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock, systemClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { syncTemplates } from "#server/domains/templates/jobs.ts";
import { wellBehaved } from "#server/providers/stand-in.ts";
import { sendReactionJob, tellReadJob } from "./jobs.ts";
import { markConversationRead } from "./mark-read.ts";
import { mergeConversations } from "./merge-conversations.ts";
import { openConversation } from "./open-conversation.ts";
import { openCounter, openVendors } from "./outbox-test.ts";
import { reactToMessage } from "./react-to-message.ts";
import { retryMessage } from "./retry-message.ts";
import { sendTemplate } from "./send-template.ts";

await testDatabase();
const vendors = await openVendors();
const { whatsapp } = vendors;
const day = 24 * 3_600_000;

/** A customer who wrote two days ago: nothing but a template may be sent. */
async function closedCounter() {
  const counter = await openCounter(vendors);
  const { tenant, channel, member } = counter;
  const customer = await createCustomer(tenant);
  const conversation = await createConversation(tenant, { channel, customer });
  await createMessage(conversation, { occurredAt: new Date(Date.now() - 2 * day) });
  await syncTemplates(member.ctx, { channelId: channel.channelId });
  const templateId = async (name: string) => {
    const [row] = await withTenant(tenant, (tx) =>
      tx.select({ id: messageTemplates.id }).from(messageTemplates).where(eq(messageTemplates.name, name)),
    );
    return row?.id ?? "";
  };
  const { conversationId } = conversation;
  const send = async (name: string, variables: Record<string, string>, key = newId()) =>
    sendTemplate(member.ctx, { conversationId, templateId: await templateId(name), variables, idempotencyKey: key });
  const accountId = channel.credentials.phone_number_id ?? "";
  const phone = () => whatsapp.transcript(accountId, customer.phone);
  return { ...counter, customer, conversation, conversationId, send, phone, templateId };
}

describe("an approved template", () => {
  it("is offered and arrives where the window is closed, with its variables and its buttons", async () => {
    const { member, conversationId, send, run, read, phone } = await closedCounter();
    const opened = await openConversation(member.ctx, { conversationId });
    expect(opened.conversation.reply.refusal).toBe("window_closed");
    expect(opened.templates.map(({ name }) => name)).toContain("rendez_vous_confirme");
    const { messageId } = await send("rendez_vous_confirme", { "1": "Inès", "2": "mardi à 14 h" });
    await run(messageId);
    const text = "Bonjour Inès, votre rendez-vous du mardi à 14 h est confirmé. À bientôt !";
    expect(await read(messageId)).toMatchObject({
      status: "sent",
      text,
      templateName: "rendez_vous_confirme",
      templateVariables: { "1": "Inès", "2": "mardi à 14 h" },
    });
    expect(phone()).toMatchObject([
      { author: "business", text, template: { name: "rendez_vous_confirme", buttons: ["Déplacer"] } },
    ]);
  });

  it("answers the tickets of the thread that its conversation is read in", async () => {
    const { tenant, customer, member, conversationId, send } = await closedCounter();
    const into = await createConversation(tenant, { channel: await createChannel(tenant), customer });
    const { ticketId } = await createTicket(tenant, { conversationId: into.conversationId });
    await mergeConversations(member.ctx, { conversationId, intoId: into.conversationId });
    await send("reprendre_contact", { first_name: "Inès" });
    const [ticket] = await withTenant(tenant, (tx) => tx.select().from(tickets).where(eq(tickets.id, ticketId)));
    expect(ticket?.firstResponseAt).toBeInstanceOf(Date);
  });

  it("takes named variables, and the end of a button's address", async () => {
    const { send, run, read, phone } = await closedCounter();
    const named = await send("reprendre_contact", { first_name: "Inès" });
    await run(named.messageId);
    const button = await send("commande_prete", { "1": "A-7", "button.0": "A-7" });
    await run(button.messageId);
    expect((await read(button.messageId)).status).toBe("sent");
    expect(phone().map(({ text }) => text.split("\n\n").at(-1))).toEqual([
      "Répondez STOP pour ne plus recevoir de messages",
      "Votre commande A-7 est prête à être retirée.",
    ]);
  });

  it("is sent once however often one presses, and counted once", async () => {
    const { tenant, send, templateId } = await closedCounter();
    const key = newId();
    const values = { "1": "Inès", "2": "mardi" };
    const sent = [await send("rendez_vous_confirme", values, key), await send("rendez_vous_confirme", values, key)];
    expect(new Set(sent.map((one) => one.messageId)).size).toBe(1);
    const id = await templateId("rendez_vous_confirme");
    const [row] = await withTenant(tenant, (tx) =>
      tx.select().from(messageTemplates).where(eq(messageTemplates.id, id)),
    );
    expect(row?.usageCount).toBe(1);
  });

  it("is never sent to who opted out, through a paused channel, or when it was rejected", async () => {
    const { tenant, channel, customer, send } = await closedCounter();
    const values = { "1": "Inès", "2": "mardi" };
    await expect(send("offre_hiver", values)).rejects.toMatchObject({ reason: "template_not_approved" });
    const optOut = { tenantId: tenant.tenantId, customerId: customer.customerId, whatsappEnabled: false };
    await withTenant(tenant, (tx) => tx.insert(customerCommunicationPreferences).values(optOut));
    await expect(send("rendez_vous_confirme", values)).rejects.toMatchObject({ reason: "opted_out" });
    const mine = eq(channelConfigurations.id, channel.channelId);
    await withTenant(tenant, (tx) => tx.update(channelConfigurations).set({ enabled: false }).where(mine));
    await expect(send("rendez_vous_confirme", values)).rejects.toMatchObject({ reason: "channel_paused" });
  });

  it("that the provider no longer has fails with its code, and is sent again as the template it was", async () => {
    const { tenant, channel, member, send, run, read, phone } = await closedCounter();
    whatsapp.decideTemplate(channel.credentials.phone_number_id ?? "", {
      name: "rendez_vous_confirme",
      language: "fr",
      event: "PAUSED",
    });
    const { messageId } = await send("rendez_vous_confirme", { "1": "Inès", "2": "mardi" });
    await run(messageId);
    expect(await read(messageId)).toMatchObject({
      status: "failed",
      errorCode: "132015",
      data: { refusal: "template" },
    });
    const [held] = await withTenant(tenant, (tx) =>
      tx
        .select({ due: channelConfigurations.templatesDueAt })
        .from(channelConfigurations)
        .where(eq(channelConfigurations.id, channel.channelId)),
    );
    expect(held).toEqual({ due: null });
    whatsapp.decideTemplate(channel.credentials.phone_number_id ?? "", {
      name: "rendez_vous_confirme",
      language: "fr",
      event: "APPROVED",
    });
    const again = await retryMessage(member.ctx, { messageId });
    await run(again.messageId);
    expect(await read(again.messageId)).toMatchObject({ status: "sent", templateName: "rendez_vous_confirme" });
    expect(phone()).toHaveLength(1);
  });

  it("of one business is nothing to another", async () => {
    const { conversationId, templateId } = await closedCounter();
    const stranger = await createMember(await createTenant());
    const input = { conversationId, templateId: await templateId("rendez_vous_confirme"), idempotencyKey: newId() };
    await expect(sendTemplate(stranger.ctx, input)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a reaction of ours", () => {
  /** A customer whose message the stand-in knows. */
  async function reacting() {
    const counter = await openCounter(vendors);
    const accountId = counter.channel.credentials.phone_number_id ?? "";
    const person = { address: counter.customer.phone, name: null };
    const externalId = whatsapp.write(accountId, person, "Merci !");
    const { messageId } = await createMessage(counter.conversation, { externalId, text: "Merci !" });
    const react = (emoji: string | null) =>
      reactToMessage(counter.member.ctx, { messageId, emoji, idempotencyKey: newId() });
    const runAll = async (clock = systemClock) => {
      const waiting = await withTenant(counter.tenant, (tx) =>
        tx
          .select({ id: messageEvents.id })
          .from(messageEvents)
          .where(and(eq(messageEvents.messageId, messageId), eq(messageEvents.kind, "reaction"))),
      );
      for (const { id: eventId } of waiting) {
        await sendReactionJob.run(
          { tenantId: counter.tenant.tenantId, eventId },
          { clock, signal: new AbortController().signal },
        );
      }
    };
    const shown = async () =>
      (await counter.read(messageId)).reactions.map(({ by, emoji, state }) => [by, emoji, state]);
    const onPhone = () =>
      whatsapp.transcript(accountId, person.address).find(({ id }) => id === externalId)?.reactions ?? [];
    return { ...counter, messageId, react, runAll, shown, onPhone };
  }

  it("shows at once, reaches the phone, changes and goes", async () => {
    const { react, runAll, shown, onPhone } = await reacting();
    await react("👍");
    expect(await shown()).toEqual([["business", "👍", "pending"]]);
    await runAll();
    expect(await shown()).toEqual([["business", "👍", "sent"]]);
    expect(onPhone()).toEqual([{ by: "business", emoji: "👍" }]);
    await react("❤️");
    await runAll();
    expect(onPhone()).toEqual([{ by: "business", emoji: "❤️" }]);
    await react(null);
    await runAll();
    expect(await shown()).toEqual([]);
    expect(onPhone()).toEqual([]);
  });

  it("that is refused says so; one that could not be taken back stands", async () => {
    const { react, runAll, shown, read, messageId } = await reacting();
    await react("👍");
    await runAll();
    whatsapp.setBehaviour({ failSends: "131026" });
    await react(null);
    await runAll();
    expect(await shown()).toEqual([["business", "👍", "failed"]]);
    expect((await read(messageId)).reactions[0]?.error).toMatch(/\w/);
  });

  it("is tried again while the refusal may pass, then given up", async () => {
    const { react, runAll, shown } = await reacting();
    whatsapp.setBehaviour({ failSends: "131016" });
    await react("🙏");
    await runAll();
    expect(await shown()).toEqual([["business", "🙏", "pending"]]);
    whatsapp.setBehaviour(wellBehaved);
    await runAll();
    expect(await shown()).toEqual([["business", "🙏", "sent"]]);
    whatsapp.setBehaviour({ failSends: "131016" });
    await react("😮");
    for (let attempt = 0; attempt < 5; attempt++) await runAll();
    expect(await shown()).toEqual([["business", "😮", "failed"]]);
  });

  it("is one that the channel takes, inside the window, on one's own message", async () => {
    const { react, messageId, member, tenant } = await reacting();
    await expect(react("🦄")).rejects.toMatchObject({ reason: "reaction_not_taken" });
    const late = { ...member.ctx, clock: fixedClock(new Date(Date.now() + 2 * day)) };
    await expect(reactToMessage(late, { messageId, emoji: "👍", idempotencyKey: newId() })).rejects.toMatchObject({
      code: "window_closed",
    });
    const stranger = await createMember(await createTenant());
    await expect(
      reactToMessage(stranger.ctx, { messageId, emoji: "👍", idempotencyKey: newId() }),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(
      await withTenant(tenant, (tx) => tx.select().from(messageEvents).where(eq(messageEvents.messageId, messageId))),
    ).toEqual([]);
  });
});

describe("reading", () => {
  it("is told to the customer by the newest message, once", async () => {
    const { tenant, channel, customer, conversation, conversationId, member } = await openCounter(vendors);
    const accountId = channel.credentials.phone_number_id ?? "";
    const wrote = (text: string) => whatsapp.write(accountId, { address: customer.phone, name: null }, text);
    const ids = [wrote("Bonjour"), wrote("Vous êtes là ?")];
    await createMessage(conversation, { externalId: ids[0]!, occurredAt: new Date(Date.now() - 2000) });
    await createMessage(conversation, { externalId: ids[1]!, occurredAt: new Date(Date.now() - 1000) });
    await markConversationRead(member.ctx, { conversationId });
    await markConversationRead(member.ctx, { conversationId });
    const jobs = await appPool()<{ data: { tenantId: string; messageId: string } }[]>`
      select data from pgboss.job where name = 'messages.read' and data->>'tenantId' = ${tenant.tenantId}`;
    expect(jobs).toHaveLength(1);
    await tellReadJob.run(jobs[0]!.data, { clock: systemClock, signal: new AbortController().signal });
    const [row] = await withTenant(tenant, (tx) =>
      tx.select().from(messages).where(eq(messages.id, jobs[0]!.data.messageId)),
    );
    expect(row?.externalId).toBe(ids[1]);
    const onPhone = whatsapp.transcript(accountId, customer.phone);
    expect(onPhone.map(({ readByBusiness = false }) => readByBusiness)).toEqual([false, true]);
  });
});
