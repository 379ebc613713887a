import { describe, expect, it, test } from "vitest";
import { createMember, createTicket, systemCtx } from "#db/factories.ts";
import { customerCommunicationPreferences } from "#db/schema/customers.ts";
import { messageTemplates } from "#db/schema/templates.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { contextFor } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import {
  archiveConversation,
  markSpam,
  reopenConversation,
  resolveConversation,
} from "#server/domains/conversations/change-conversation-status.ts";
import { blockSender } from "#server/domains/conversations/block-sender.ts";
import { mergeTicket } from "#server/domains/tickets/merge-tickets.ts";
import { closeTicket, reopenTicket, resolveTicket } from "#server/domains/tickets/resolve-ticket.ts";
import { askSurvey } from "./ask-survey.ts";
import { askDueSurveys } from "./jobs.ts";
import { day, hour, minute, surveyShop } from "./testing.ts";

await testDatabase();

type Shop = Awaited<ReturnType<typeof surveyShop>>;
const questions = (shop: Shop) =>
  shop.rows<{ text: string; status: string; template_name: string | null }>(
    "select text, status, template_name from messages where data -> 'survey' is not null order by occurred_at",
  );
const ticketIn = async (shop: Shop) =>
  createTicket(shop.tenant, {
    conversationId: shop.conversationId,
    customerId: shop.customer.customerId,
    channelType: shop.channel.channelType,
  });

describe("after a resolution", () => {
  it("is asked once its time has come, by a message in the conversation's outbox", async () => {
    const shop = await surveyShop();
    await shop.resolve();
    expect(await shop.surveys()).toMatchObject([{ status: "planned" }]);
    shop.clock.advance(59 * minute);
    await askDueSurveys(shop.clock);
    expect(await questions(shop)).toEqual([]);
    shop.clock.advance(minute);
    await askDueSurveys(shop.clock);
    await askDueSurveys(shop.clock);
    expect(await shop.surveys()).toMatchObject([{ status: "asked", reason: null }]);
    expect(await questions(shop)).toEqual([
      {
        text: "Êtes-vous satisfait de notre réponse ?\nRépondez par un chiffre, de 1 (pas du tout) à 5 (tout à fait).",
        status: "pending",
        template_name: null,
      },
    ]);
    expect((await shop.thread()).survey_until).toEqual(new Date(shop.clock.now().getTime() + 7 * day));
  });

  it("is asked once when two workers have it at the same time", async () => {
    const shop = await surveyShop();
    await shop.resolve();
    shop.clock.advance(hour);
    const [one] = await shop.rows<{ id: string }>("select id from surveys");
    const ask = () => askSurvey(systemCtx(shop.tenant, shop.clock), one!.id);
    await Promise.all([ask(), ask(), ask()]);
    expect(await questions(shop)).toHaveLength(1);
  });

  it("speaks the customer's language, in the business's own words", async () => {
    const shop = await surveyShop({
      asks: { questionEn: "Hello {{customer.first_name}}, did {{business.name}} help?" },
    });
    await shop.rows("update customers set language = 'en', first_name = 'Alix'");
    await shop.resolve();
    shop.clock.advance(hour);
    await shop.ask();
    expect((await questions(shop))[0]?.text).toBe(
      `Hello Alix, did ${shop.tenant.name} help?\nAnswer with a number, from 1 (not at all) to 5 (very).`,
    );
  });

  it("is short by SMS", async () => {
    const shop = await surveyShop({ provider: "twilio" });
    await shop.resolve();
    shop.clock.advance(hour);
    await shop.ask();
    const [question] = await questions(shop);
    expect(question?.text.length).toBeLessThanOrEqual(160);
    expect(question?.text).toContain("1 (non) à 5");
  });

  it("is put off to the morning when its time comes at night", async () => {
    const shop = await surveyShop({ start: "2026-11-20T18:30:00Z" });
    await shop.resolve();
    shop.clock.advance(hour);
    await shop.ask();
    expect(await shop.rows("select status, due_at from surveys")).toEqual([
      { status: "planned", due_at: new Date("2026-11-21T08:00:00Z") },
    ]);
    shop.clock.advance(13 * hour);
    await shop.ask();
    expect(await shop.surveys()).toMatchObject([{ status: "asked" }]);
  });

  it("is planned once for a ticket and its conversation, about the ticket", async () => {
    const shop = await surveyShop();
    const { ticketId } = await ticketIn(shop);
    await resolveTicket(shop.member.ctx, { ticketId });
    shop.clock.advance(minute);
    await shop.resolve();
    expect(await shop.rows("select ticket_id, member_id, resolved_at from surveys")).toEqual([
      { ticket_id: ticketId, member_id: shop.member.userId, resolved_at: shop.clock.now() },
    ]);
  });

  it("is not asked again about the conversation where it was about the ticket, however short the rest", async () => {
    const shop = await surveyShop({ settings: { restDays: 0 } });
    const { ticketId } = await ticketIn(shop);
    await resolveTicket(shop.member.ctx, { ticketId });
    shop.clock.advance(hour);
    await shop.ask();
    await shop.resolve();
    shop.clock.advance(hour);
    await shop.ask();
    expect(await shop.surveys()).toMatchObject([{ status: "asked" }, { status: "not_sent", reason: "already_asked" }]);
    // Somebody wrote and was answered since: that is another matter.
    await shop.hears("Encore une question sur ma lampe");
    shop.clock.advance(minute);
    await shop.answers("Voici la réponse.");
    await shop.resolve();
    shop.clock.advance(hour);
    await shop.ask();
    expect((await shop.surveys()).slice(2)).toMatchObject([{ status: "asked" }]);
  });
});

describe("is not asked, and says why", () => {
  const refused: [string, (shop: Shop) => Promise<unknown>, string][] = [
    ["reopened before it was due", (shop) => reopenConversation(shop.member.ctx, shop), "reopened"],
    ["the customer wrote before it was due", (shop) => shop.hears("Et le câble ?"), "reopened"],
    ["spam", (shop) => markSpam(shop.member.ctx, shop), "spam"],
    ["blocked", (shop) => blockSender(shop.manager.ctx, shop), "blocked"],
    ["switched off since", (shop) => shop.rows("update survey_channels set enabled = false"), "turned_off"],
    [
      "a channel that is paused",
      (shop) => shop.rows("update channel_configurations set enabled = false"),
      "channel_unavailable",
    ],
    [
      "a channel that an admin must mend",
      (shop) => shop.rows("update channel_configurations set sending_blocked = 'credentials'"),
      "channel_unavailable",
    ],
    [
      "somebody who opted out",
      (shop) =>
        withTenant(shop, (tx) => {
          const row = { tenantId: shop.tenantId, customerId: shop.customer.customerId, whatsappEnabled: false };
          const { tenantId, customerId } = customerCommunicationPreferences;
          return tx
            .insert(customerCommunicationPreferences)
            .values(row)
            .onConflictDoUpdate({ target: [tenantId, customerId], set: row });
        }),
      "opted_out",
    ],
  ];
  test.each(refused)("%s", async (_, happens, reason) => {
    const shop = await surveyShop();
    await shop.resolve();
    await happens(shop);
    shop.clock.advance(hour);
    await shop.ask();
    expect(await shop.surveys()).toMatchObject([{ status: "not_sent", reason }]);
    expect(await questions(shop)).toEqual([]);
  });

  test("nobody of the business ever answered", async () => {
    const shop = await surveyShop();
    await shop.rows("update messages set author_id = null, data = '{\"rule\": \"away\"}' where direction = 'out'");
    await shop.resolve();
    shop.clock.advance(hour);
    await shop.ask();
    expect(await shop.surveys()).toMatchObject([{ status: "not_sent", reason: "no_human_reply" }]);
  });

  test("asked lately, in whichever conversation", async () => {
    const shop = await surveyShop({ settings: { restDays: 30 } });
    await shop.resolve();
    shop.clock.advance(hour);
    await shop.ask();
    for (const days of [3, 28]) {
      shop.clock.advance(days * day);
      await shop.hears("Bonjour à nouveau");
      shop.clock.advance(minute);
      await shop.answers();
      await shop.resolve();
      shop.clock.advance(hour);
      await shop.ask();
    }
    expect(await shop.surveys()).toMatchObject([
      { status: "asked" },
      { status: "not_sent", reason: "too_soon" },
      { status: "asked" },
    ]);
  });

  test("its ticket was opened again, or goes on in another", async () => {
    const reopened = await surveyShop();
    const { ticketId } = await ticketIn(reopened);
    await resolveTicket(reopened.member.ctx, { ticketId });
    await reopenTicket(reopened.member.ctx, { ticketId });
    reopened.clock.advance(hour);
    await reopened.ask();
    expect(await reopened.surveys()).toMatchObject([{ status: "not_sent", reason: "reopened" }]);

    const merged = await surveyShop();
    const one = await ticketIn(merged);
    const other = await createTicket(merged.tenant);
    await resolveTicket(merged.member.ctx, { ticketId: one.ticketId });
    await mergeTicket(merged.member.ctx, { ticketId: one.ticketId, into: other.number });
    merged.clock.advance(hour);
    await merged.ask();
    expect(await merged.surveys()).toMatchObject([{ status: "not_sent", reason: "merged" }]);
  });

  test("the reply window is closed and no approved message was chosen", async () => {
    const shop = await surveyShop({ asks: { delayMinutes: 26 * 60 } });
    await shop.resolve();
    shop.clock.advance(26 * hour);
    await shop.ask();
    expect(await shop.surveys()).toMatchObject([{ status: "not_sent", reason: "window_closed" }]);
  });
});

it("outside the window leaves as the approved message that was chosen, in the customer's language", async () => {
  const shop = await surveyShop({ asks: { delayMinutes: 26 * 60, templateName: "satisfaction" } });
  const template = (language: string, body: string) => ({
    tenantId: shop.tenantId,
    id: newId(),
    channelId: shop.channel.channelId,
    name: "satisfaction",
    language,
    body,
    status: "approved" as const,
    definition: {},
  });
  await withTenant(shop, (tx) =>
    tx.insert(messageTemplates).values([template("en_US", "Happy? 1–5"), template("fr", "Satisfait ? De 1 à 5")]),
  );
  await shop.resolve();
  shop.clock.advance(26 * hour);
  await shop.ask();
  expect(await questions(shop)).toEqual([
    { text: "Satisfait ? De 1 à 5", status: "pending", template_name: "satisfaction" },
  ]);
  await shop.hears("4");
  expect(await shop.surveys()).toMatchObject([{ status: "answered", score: 4 }]);
});

describe("is not even planned", () => {
  it("where a program resolved, where it was put away or closed, and where the channel does not ask", async () => {
    const shop = await surveyShop();
    const { ticketId } = await ticketIn(shop);
    const rule = contextFor(shop.tenantId, { type: "job", name: "automation" }, shop.clock);
    await resolveTicket(rule, { ticketId });
    await resolveConversation(rule, shop);
    await reopenConversation(shop.member.ctx, shop);
    await archiveConversation(shop.member.ctx, { conversationId: shop.conversationId });
    const other = await ticketIn(shop);
    await closeTicket(shop.member.ctx, { ticketId: other.ticketId });
    await shop.rows("update survey_channels set enabled = false");
    const third = await ticketIn(shop);
    await resolveTicket(shop.member.ctx, { ticketId: third.ticketId });
    expect(await shop.surveys()).toEqual([]);
  });

  it("for another business's conversation", async () => {
    const [one, other] = [await surveyShop(), await surveyShop()];
    await expect(resolveConversation(other.member.ctx, { conversationId: one.conversationId })).rejects.toThrow(
      "not_found",
    );
    await one.resolve();
    one.clock.advance(hour);
    const [survey] = await one.rows<{ id: string }>("select id from surveys");
    await askSurvey(systemCtx(other.tenant, one.clock), survey!.id);
    expect(await one.surveys()).toMatchObject([{ status: "planned" }]);
  });
});

it("credits the assignee, else whoever resolved", async () => {
  const shop = await surveyShop();
  const colleague = await createMember(shop.tenant, "agent", { clock: shop.clock });
  await resolveConversation(colleague.ctx, shop);
  expect(await shop.rows("select member_id from surveys")).toEqual([{ member_id: shop.member.userId }]);
  await shop.rows("delete from surveys");
  await reopenConversation(shop.member.ctx, shop);
  await shop.rows("update conversations set assignee_id = null");
  await resolveConversation(colleague.ctx, shop);
  expect(await shop.rows("select member_id from surveys")).toEqual([{ member_id: colleague.userId }]);
});
