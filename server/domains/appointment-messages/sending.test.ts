import { describe, expect, test } from "vitest";
import { createChannel, createConversation, createMessage } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import {
  cancelAppointment,
  completeAppointment,
  markNoShow,
  reopenAppointment,
} from "#server/domains/appointments/change-status.ts";
import { rescheduleAppointment } from "#server/domains/appointments/reschedule-appointment.ts";
import { day, hour, minute, tellingShop } from "./testing.ts";

await testDatabase();

const states = (told: readonly { kind: string; status: string; reason: string | null }[]) =>
  Object.fromEntries(told.map(({ kind, status, reason }) => [kind, reason ?? status]));

describe("what is planned", () => {
  test("is a confirmation at once, and reminders the day before by the wall clock and an hour before", async () => {
    // Between the two, the clock is set back.
    const shop = await tellingShop({ start: "2026-10-22T08:00:00Z" });
    await shop.book("2026-10-25T13:00:00Z");
    expect(await shop.told()).toMatchObject([
      { kind: "confirmation", status: "planned", due: shop.clock.now() },
      { kind: "reminder_24h", due: new Date("2026-10-24T12:00:00Z") },
      { kind: "reminder_1h", due: new Date("2026-10-25T12:00:00Z") },
    ]);
  });

  test("leaves out what would come on the heels of the booking, and all of what is written down afterwards", async () => {
    const shop = await tellingShop();
    const tomorrow = await shop.book(new Date(shop.clock.now().getTime() + 24.5 * hour));
    const soon = await shop.book(new Date(shop.clock.now().getTime() + hour));
    const past = await shop.book(new Date(shop.clock.now().getTime() - 2 * hour));
    const kinds = async ({ appointmentId }: { appointmentId: string }) =>
      (await shop.told(appointmentId)).map(({ kind }) => kind);
    expect(await kinds(tomorrow)).toEqual(["confirmation", "reminder_1h"]);
    expect(await kinds(soon)).toEqual(["confirmation"]);
    expect(await kinds(past)).toEqual([]);
  });
});

describe("what is sent", () => {
  test("says what, when, with whom, where and how to change it, in the customer's language and by the business's clock", async () => {
    const shop = await tellingShop();
    const { appointmentId } = await shop.book("2026-11-24T13:30:00Z");
    await shop.send();
    const [confirmation] = await shop.told();
    expect(confirmation?.text).toMatch(
      /: bonjour Sophie, votre rendez-vous « Pose » est noté pour mardi 24 novembre à 14:30, avec Nadia\.\nLieu : 3 rue des Lampes\nPour le déplacer ou l’annuler : https:\/\/\S+\/book\/\S+\/manage\/\S+\nRépondez 1 pour confirmer, 2 pour changer d’heure\.$/u,
    );
    const abroad = await tellingShop({ customer: { language: "en", timezone: "Europe/London" } });
    await abroad.book("2026-11-24T13:30:00Z");
    await abroad.send();
    expect((await abroad.told())[0]?.text).toMatch(/for Tuesday,? 24 November at 14:30 \(Paris time\) with Nadia/u);
    // Once the customer was written to, older programs need not.
    const [older] = await shop.rows<object>(
      "select confirmation_sent, reminder_24h_sent from compat.rendez_vous where id = $1",
      appointmentId,
    );
    expect({ ...older }).toEqual({ confirmation_sent: true, reminder_24h_sent: false });
  });

  test("leaves once, whoever sends, and in quiet hours only what answers the customer", async () => {
    const shop = await tellingShop();
    await shop.book("2026-11-24T07:30:00Z");
    await Promise.all([shop.send(), shop.send()]);
    await shop.send();
    expect(await shop.rows("select 1 from messages where direction = 'out'")).toHaveLength(1);
    // 07:30 in Paris: an hour before, and before anybody is written to.
    shop.until("2026-11-24T06:30:00Z");
    await shop.send();
    const told = await shop.told();
    expect(states(told)).toMatchObject({ confirmation: "sent", reminder_24h: "too_late", reminder_1h: "planned" });
    expect(told.find(({ kind }) => kind === "reminder_1h")?.due).toEqual(new Date("2026-11-24T07:00:00Z"));
    shop.until("2026-11-24T07:00:00Z");
    await shop.send();
    expect(states(await shop.told())).toMatchObject({ reminder_1h: "sent" });
  });

  test("never leaves after the appointment: a reminder that quiet hours hold back is dropped", async () => {
    const shop = await tellingShop();
    await shop.book("2026-11-24T05:30:00Z");
    shop.until("2026-11-24T04:30:00Z");
    await shop.send();
    expect(states(await shop.told())).toMatchObject({ reminder_1h: "quiet_hours" });
  });

  test("takes another channel where the preferred one may not be used, and says why where none may", async () => {
    const shop = await tellingShop({ customer: { preferredChannel: "whatsapp", email: "sophie@client.example" } });
    await createChannel(shop.tenant, { provider: "whatsapp" });
    await createChannel(shop.tenant, { provider: "email" });
    const { customerId } = shop.sophie;
    const forbid = (columns: string) =>
      shop
        .rows(
          `insert into customer_communication_preferences (tenant_id, customer_id) values ($1, $2) on conflict do nothing`,
          shop.tenant.tenantId,
          customerId,
        )
        .then(() =>
          shop.rows(`update customer_communication_preferences set ${columns} where customer_id = $1`, customerId),
        );
    const channelOf = async (at: string) => {
      const { appointmentId } = await shop.book(at);
      await shop.send();
      const [told] = await shop.told(appointmentId);
      return told?.channel ?? told?.reason;
    };
    // No window is open on WhatsApp, and no approved message was chosen.
    expect(await channelOf("2026-11-24T09:00:00Z")).toBe("sms");
    await forbid("sms_enabled = false");
    expect(await channelOf("2026-11-24T10:00:00Z")).toBe("email");
    const sent = await shop.rows("select channel_type, data ->> 'calendar' as calendar from messages order by id");
    expect(sent).toEqual([
      { channel_type: "sms", calendar: null },
      { channel_type: "email", calendar: "fr" },
    ]);
    await forbid("email_enabled = false, whatsapp_enabled = false");
    expect(await channelOf("2026-11-24T11:00:00Z")).toBe("opted_out");
    const mails = await shop.rows("select 1 from conversations where channel_type = 'email'");
    expect(mails).toHaveLength(1);
  });

  test("goes where the customer wrote last while their window is open, into the thread that they know", async () => {
    const shop = await tellingShop();
    const channel = await createChannel(shop.tenant, { provider: "whatsapp" });
    const thread = await createConversation(shop.tenant, {
      channel,
      customer: shop.sophie,
      lastMessageAt: shop.clock.now(),
    });
    await createMessage(thread, { occurredAt: shop.clock.now() });
    await shop.book("2026-11-24T09:00:00Z");
    await shop.send();
    expect(await shop.told()).toMatchObject([{ channel: "whatsapp", status: "sent" }, {}, {}]);
    expect(await shop.rows("select 1 from conversations")).toHaveLength(1);
  });
});

describe("what happens meanwhile", () => {
  test("a cancellation is told in place of what was planned, and nothing after it", async () => {
    const shop = await tellingShop();
    const { appointmentId } = await shop.book("2026-11-24T09:00:00Z");
    await shop.send();
    await cancelAppointment(shop.nadia.ctx, { appointmentId });
    shop.clock.advance(minute);
    await shop.send();
    expect(states(await shop.told())).toEqual({
      confirmation: "sent",
      reminder_24h: "cancelled",
      reminder_1h: "cancelled",
      cancellation: "sent",
    });
    // Taken back: the customer hears that it takes place after all.
    await reopenAppointment(shop.nadia.ctx, { appointmentId });
    shop.clock.advance(minute);
    await shop.send();
    const again = (await shop.told()).slice(4).map(({ kind, status }) => `${kind} ${status}`);
    expect(again).toEqual(["confirmation sent", "reminder_24h planned", "reminder_1h planned"]);
  });

  test("a cancellation that is taken back at once is not told, and reminders stand again", async () => {
    const shop = await tellingShop();
    const { appointmentId } = await shop.book("2026-11-24T09:00:00Z");
    await shop.send();
    await cancelAppointment(shop.nadia.ctx, { appointmentId });
    await reopenAppointment(shop.nadia.ctx, { appointmentId });
    shop.clock.advance(day);
    await shop.send();
    const told = await shop.told();
    expect(told.filter(({ status }) => status === "planned").map(({ kind }) => kind)).toEqual([
      "reminder_24h",
      "reminder_1h",
    ]);
    expect(told.find(({ kind }) => kind === "cancellation")).toMatchObject({ reason: "reopened" });
  });

  test("another time is told once, and not at all where it was moved back", async () => {
    const shop = await tellingShop();
    const first = await shop.book("2026-11-24T09:00:00Z");
    await shop.send();
    const move = (appointmentId: string, to: string) =>
      rescheduleAppointment(shop.nadia.ctx, { appointmentId, startsAt: new Date(to) });
    const away = await move(first.appointmentId, "2026-11-25T09:00:00Z");
    const back = await move(away.appointmentId, "2026-11-24T09:00:00Z");
    shop.clock.advance(minute);
    await shop.send();
    expect(states(await shop.told(away.appointmentId))).toMatchObject({ change: "rescheduled" });
    expect(states(await shop.told(back.appointmentId))).toMatchObject({
      change: "told_already",
      reminder_24h: "planned",
    });
    const last = await move(back.appointmentId, "2026-11-26T09:00:00Z");
    shop.clock.advance(minute);
    await shop.send();
    const [change] = await shop.told(last.appointmentId);
    expect(change).toMatchObject({ kind: "change", status: "sent" });
    expect(change?.text).toContain("a maintenant lieu jeudi 26 novembre à 10:00");
  });

  test("who did not come is written to where the business wants that, later and once", async () => {
    const shop = await tellingShop();
    const on = `insert into appointment_message_words (tenant_id, kind, enabled) values ($1, 'no_show', true)`;
    const missed = await shop.book("2026-11-20T09:30:00Z");
    shop.clock.advance(2 * hour);
    await markNoShow(shop.nadia.ctx, missed);
    shop.clock.advance(2 * hour);
    await shop.send();
    expect(states(await shop.told(missed.appointmentId))).toMatchObject({ no_show: "turned_off" });
    await shop.rows(on, shop.tenant.tenantId);
    const again = await shop.book("2026-11-21T09:30:00Z");
    shop.until("2026-11-21T11:00:00Z");
    await markNoShow(shop.nadia.ctx, again);
    await completeAppointment(shop.nadia.ctx, again);
    await markNoShow(shop.nadia.ctx, again);
    shop.clock.advance(hour);
    await shop.send();
    expect(states(await shop.told(again.appointmentId))).toMatchObject({ no_show: "sent" });
  });

  test("what an older program reminded of is not said again", async () => {
    const shop = await tellingShop();
    const { appointmentId } = await shop.book("2026-11-24T09:00:00Z");
    await shop.rows("update compat.rendez_vous set reminder_24h_sent = true where id = $1", appointmentId);
    shop.until("2026-11-23T09:00:00Z");
    await shop.send();
    expect(states(await shop.told())).toMatchObject({ reminder_24h: "sent_elsewhere" });
  });
});
