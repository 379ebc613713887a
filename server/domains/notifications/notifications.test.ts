import { describe, expect, it } from "vitest";
import { eq } from "drizzle-orm";
import {
  createConversation,
  createCustomer,
  createMember,
  createTenant,
  createTicket,
  testConfig,
} from "#db/factories.ts";
import { notifications } from "#db/schema/notifications.ts";
import { memberships } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { useConfig } from "#server/core/config.ts";
import { addConversationNote } from "#server/domains/conversations/add-note.ts";
import { assignConversation } from "#server/domains/conversations/assign-conversation.ts";
import { addTicketNote } from "#server/domains/tickets/add-ticket-note.ts";
import { assignTicket } from "#server/domains/tickets/assign-ticket.ts";
import { watchTicket } from "#server/domains/tickets/watch-ticket.ts";
import { listNotifications } from "./list-notifications.ts";
import { chooseNotifications, chooseQuietHours, mute, readNotificationSettings } from "./notification-settings.ts";
import { proposed } from "./kinds.ts";
import { notifyAnswered } from "./notify-answered.ts";
import { mentionedIn } from "./notify-mentions.ts";
import { isQuiet } from "./quiet.ts";
import { seeNotifications } from "./see-notifications.ts";

await testDatabase();
useConfig(testConfig());

async function team() {
  const tenant = await createTenant();
  const [nadia, hugo] = await Promise.all([
    createMember(tenant, "agent", { name: "Nadia Ferrand" }),
    createMember(tenant, "agent", { name: "Hugo Lenoir" }),
  ]);
  const customer = await createCustomer(tenant, { displayName: "Inès Delcourt" });
  const conversation = await createConversation(tenant, { customer });
  const { conversationId } = conversation;
  const bell = async (one: typeof nadia) => (await listNotifications(one.ctx)).rows;
  const about = { subject: "conversation", subjectId: conversationId, title: "Inès Delcourt" };
  return { tenant, nadia, hugo, conversation, conversationId, bell, about };
}

describe("who is told", () => {
  it("is whom a note calls by name, once, and not who wrote it", async () => {
    const { nadia, hugo, conversationId, bell, about } = await team();
    const note = (text: string) => addConversationNote(nadia.ctx, { conversationId, text });
    await note("@Hugo Lenoir, peux-tu regarder ? @nadia ferrand");
    expect(await bell(hugo)).toEqual([
      expect.objectContaining({ ...about, kind: "mentioned", actor: "Nadia Ferrand", times: 1, seen: false }),
    ]);
    await note("@hugo lenoir: alors ?");
    expect(await bell(hugo)).toEqual([expect.objectContaining({ kind: "mentioned", times: 2 })]);
    expect(await bell(nadia)).toEqual([]);
    await seeNotifications(hugo.ctx, { notificationId: null });
    await note("@Hugo Lenoir encore");
    expect((await bell(hugo)).map(({ seen, times }) => [seen, times])).toEqual([
      [false, 1],
      [true, 2],
    ]);
  });

  it("is who is given work, whose customer answers, and who watches a ticket", async () => {
    const { tenant, nadia, hugo, conversationId, bell } = await team();
    await assignConversation(nadia.ctx, { conversationId, assigneeId: hugo.userId });
    await notifyAnswered(nadia.ctx, [conversationId]);
    const { ticketId, number } = await createTicket(tenant, { subject: "Lampe" });
    await watchTicket(nadia.ctx, { ticketId });
    await assignTicket(hugo.ctx, { ticketId, assigneeId: nadia.userId });
    await addTicketNote(hugo.ctx, { ticketId, text: "vu" });
    expect((await bell(hugo)).map(({ kind }) => kind).toSorted()).toEqual(["answered", "assigned"]);
    const own = await bell(nadia);
    expect(own.map(({ kind }) => kind).toSorted()).toEqual(["assigned", "ticket_changed"]);
    expect(own[0]).toMatchObject({ subject: "ticket", number, title: "Lampe", actor: "Hugo Lenoir" });
  });

  it("is nobody who left, who chose not to hear of it, or works elsewhere", async () => {
    const { tenant, nadia, hugo, conversationId, bell } = await team();
    const nothing = { product: false, push: false, mail: false };
    await chooseNotifications(hugo.ctx, { ways: { ...proposed, mentioned: nothing } });
    const gone = await createMember(tenant, "agent", { name: "Léa Partie" });
    await withTenant(tenant, (tx) =>
      tx.update(memberships).set({ status: "deactivated" }).where(eq(memberships.userId, gone.userId)),
    );
    await createMember(await createTenant(), "agent", { name: "Paul Ailleurs" });
    await addConversationNote(nadia.ctx, { conversationId, text: "@Hugo Lenoir @Léa Partie @Paul Ailleurs" });
    expect(await withTenant(tenant, (tx) => tx.select().from(notifications))).toEqual([]);
    expect(await bell(hugo)).toEqual([]);
  });

  it("sees their own only, and marks nobody else's as seen", async () => {
    const { nadia, hugo, conversationId, bell } = await team();
    await addConversationNote(nadia.ctx, { conversationId, text: "@Hugo Lenoir" });
    const [one] = await bell(hugo);
    const stranger = await createMember(await createTenant(), "owner");
    for (const other of [nadia, stranger]) {
      await seeNotifications(other.ctx, { notificationId: one!.id });
      await seeNotifications(other.ctx, { notificationId: null });
      expect((await listNotifications(other.ctx)).rows).toEqual([]);
    }
    expect((await bell(hugo))[0]).toMatchObject({ seen: false });
    await seeNotifications(hugo.ctx, { notificationId: one!.id });
    expect((await bell(hugo))[0]).toMatchObject({ seen: true });
  });

  it("turns pages without a gap", async () => {
    const { tenant, nadia, hugo } = await team();
    for (let i = 0; i < 5; i++) {
      const { conversationId } = await createConversation(tenant);
      await addConversationNote(nadia.ctx, { conversationId, text: "@Hugo Lenoir" });
    }
    const first = await listNotifications(hugo.ctx, { limit: 3 });
    const second = await listNotifications(hugo.ctx, { limit: 3, cursor: first.nextCursor });
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(5);
    expect(second.nextCursor).toBeNull();
    await expect(listNotifications(hugo.ctx, { cursor: "x" })).rejects.toMatchObject({ reason: "invalid_cursor" });
  });
});

describe("how one is told", () => {
  it("is as chosen, else as proposed, and leaves a trace", async () => {
    const { hugo } = await team();
    const quiet = { product: true, push: false, mail: false };
    await chooseNotifications(hugo.ctx, { ways: { ...proposed, answered: quiet } });
    await chooseQuietHours(hugo.ctx, { from: "22:00", until: "07:00" });
    await mute(hugo.ctx, { minutes: 60 });
    const chosen = await readNotificationSettings(hugo.ctx);
    expect(chosen).toMatchObject({ quietFrom: "22:00", quietUntil: "07:00", timeZone: "Europe/Paris", devices: [] });
    expect(chosen.mutedUntil!.getTime()).toBeGreaterThan(Date.now() + 59 * 60_000);
    expect(Object.fromEntries(chosen.ways.map(({ kind, chosen: ways }) => [kind, ways]))).toEqual({
      ...proposed,
      answered: quiet,
    });
    await mute(hugo.ctx, { minutes: null });
    expect((await readNotificationSettings(hugo.ctx)).mutedUntil).toBeNull();
    await expect(chooseQuietHours(hugo.ctx, { from: "22:00", until: null })).rejects.toThrow(/invalid_time/);
  });

  it("rests over midnight, by the member's own clock", () => {
    const night = { mutedUntil: null, quietFrom: "22:00", quietUntil: "07:00", timeZone: "Europe/Paris" };
    const at = (time: string) => new Date(`2026-11-21T${time}:00Z`);
    expect(["20:59", "21:00", "05:59", "06:00"].map((time) => isQuiet(night, at(time)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const noon = { ...night, quietFrom: "12:00", quietUntil: "14:00" };
    expect(["10:59", "11:00", "13:00"].map((time) => isQuiet(noon, at(time)))).toEqual([false, true, false]);
    expect(isQuiet({ ...noon, mutedUntil: at("20:00") }, at("19:00"))).toBe(true);
  });
});

describe("a name after @", () => {
  const members = [
    { userId: "1", name: "Anne" },
    { userId: "2", name: "Anne Marie" },
    { userId: "3", name: "Zoé" },
  ];
  it.each([
    ["@Anne, et toi ?", ["1"]],
    ["@anne marie: oui", ["2"]],
    ["@Annette n’est pas Anne", []],
    ["écrivez à info@anne.example", []],
    ["@Zoé @ZOÉ @anne", ["3", "1"]],
    ["@", []],
  ])("%s", (text, expected) => expect(mentionedIn(text, members)).toEqual(expected));
});
