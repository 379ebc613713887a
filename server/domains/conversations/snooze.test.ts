import { describe, expect, it } from "vitest";
import { createChannel, createConversation, createMember, createTenant } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import type { Clock } from "#server/core/clock.ts";
import { fixedClock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { archiveConversation, markSpam, resolveConversation } from "./change-conversation-status.ts";
import { getConversation } from "./get-conversation.ts";
import { listConversations } from "./list-conversations.ts";
import { listThread } from "./list-thread.ts";
import { receiveMessages } from "./receive-messages.ts";
import { snoozeConversation } from "./snooze-conversation.ts";
import { snoozeEnd } from "./snooze-end.ts";
import { receivingShop, rowsOf } from "./testing.ts";
import { undoConversationChange } from "./undo-change.ts";
import { wakeConversations, wakeDueConversations } from "./wake-conversations.ts";

await testDatabase();

const start = "2026-11-21T16:20:30Z";
async function shop(timezone = "Europe/Paris") {
  const tenant = await createTenant({ timezone });
  const clock = fixedClock(start);
  const { ctx } = await createMember(tenant, "agent", { clock });
  const conversation = await createConversation(tenant, { channel: await createChannel(tenant) });
  return { tenant, clock, ctx, conversation };
}
const jobs = (clock: Clock) => (tenantId: string) => contextFor(tenantId, { type: "job", name: "wake" }, clock);
const eventsOf = async (ctx: Parameters<typeof listThread>[0], conversationId: string) =>
  (await listThread(ctx, { conversationId })).messages.map((message) => message.data?.["event"]);

describe("a snooze ends", () => {
  const paris = (until: string, now: string) => snoozeEnd(until, "Europe/Paris", new Date(now)).toISOString();

  it("by the clock of the business's zone, on days of 23 and 25 hours too", () => {
    expect(paris("tomorrow", "2026-11-21T22:59:00Z")).toBe("2026-11-22T08:00:00.000Z");
    expect(paris("tomorrow", "2026-11-21T23:01:00Z")).toBe("2026-11-23T08:00:00.000Z");
    expect(paris("tomorrow", "2026-03-28T12:00:00Z")).toBe("2026-03-29T07:00:00.000Z");
    expect(paris("tomorrow", "2026-10-24T12:00:00Z")).toBe("2026-10-25T08:00:00.000Z");
    expect(paris("next_week", "2026-11-21T12:00:00Z")).toBe("2026-11-23T08:00:00.000Z");
    expect(paris("next_week", "2026-11-23T06:00:00Z")).toBe("2026-11-30T08:00:00.000Z");
    expect(paris("three_hours", "2026-03-29T00:30:30Z")).toBe("2026-03-29T03:31:00.000Z");
    expect(paris("2026-12-24T08:30", start)).toBe("2026-12-24T07:30:00.000Z");
    // 02:30 is skipped that night, and comes twice in autumn: the first time counts.
    expect(paris("2027-03-28T02:30", start)).toBe("2027-03-28T01:30:00.000Z");
    expect(paris("2027-10-31T02:30", start)).toBe("2027-10-31T00:30:00.000Z");
  });

  it("never in the past, in more than a year, or at no time at all", () => {
    for (const [until, reason] of [
      ["2026-11-21T17:20", "in_the_past"],
      ["2028-01-01T08:00", "too_far_ahead"],
      ["demain", "invalid"],
      ["2026-13-01T08:00", "invalid"],
    ] as const) {
      expect(() => paris(until, start)).toThrow(expect.objectContaining({ fields: { until: reason } }));
    }
  });
});

describe("a snoozed conversation", () => {
  it("is out of sight until its time, and is woken once by whoever looks first", async () => {
    const { clock, ctx, conversation, tenant } = await shop();
    const { conversationId } = conversation;
    await snoozeConversation(ctx, { conversationId, until: "tomorrow" });
    const ids = async (view: "open" | "snoozed") => (await listConversations(ctx, { view })).rows.map((row) => row.id);
    expect([await ids("open"), await ids("snoozed")]).toEqual([[], [conversationId]]);
    const { snoozedUntil } = await getConversation(ctx, { conversationId });
    expect(snoozedUntil).toEqual(new Date("2026-11-22T08:00:00Z"));

    clock.advance(15 * 3_600_000);
    await wakeDueConversations(clock, jobs(clock));
    expect(await ids("open")).toEqual([]);
    clock.advance(3_600_000);
    expect(await wakeConversations(jobs(clock)((await shop()).tenant.tenantId), [conversationId])).toBe(0);
    await Promise.all([wakeDueConversations(clock, jobs(clock)), wakeDueConversations(clock, jobs(clock))]);
    expect([await ids("open"), await ids("snoozed")]).toEqual([[conversationId], []]);
    expect(await eventsOf(ctx, conversationId)).toEqual(["snoozed", "woken"]);
    expect(await rowsOf(tenant, "audit_log")).toMatchObject([{ action: "conversation.snooze" }]);
  });

  it("wakes at once when its customer writes, and keeps no end when it is resolved or archived", async () => {
    const { tenant, ctx, message } = await receivingShop();
    const agent = (await createMember(tenant)).ctx;
    const [received] = await receiveMessages(ctx, [message("wamid.1")]);
    const conversationId = received!.conversationId!;
    await snoozeConversation(agent, { conversationId, until: "next_week" });
    await receiveMessages(ctx, [message("wamid.2", { seconds: 9 })]);
    const state = () => getConversation(agent, { conversationId });
    expect(await state()).toMatchObject({ status: "open", snoozedUntil: null, unreadCount: 2 });
    for (const end of [resolveConversation, archiveConversation, markSpam]) {
      await snoozeConversation(agent, { conversationId, until: "next_week" });
      await end(agent, { conversationId });
      expect((await state()).snoozedUntil).toBeNull();
    }
  });
});

describe("taking back", () => {
  it("puts a conversation back where it stood, until it stands elsewhere", async () => {
    const { ctx, conversation } = await shop();
    const { conversationId } = conversation;
    const state = () => getConversation(ctx, { conversationId });
    const acts = [
      () => resolveConversation(ctx, { conversationId }),
      () => archiveConversation(ctx, { conversationId }),
      () => snoozeConversation(ctx, { conversationId, until: "tomorrow" }),
      () => markSpam(ctx, { conversationId }),
    ];
    for (const act of acts) {
      const before = await state();
      const { eventId } = await act();
      const undo = () => undoConversationChange(ctx, { conversationId, eventId: eventId! });
      await undo();
      const after = await state();
      expect(after).toMatchObject({ status: "open", archived: false, snoozedUntil: null });
      expect(after.status).toBe(before.status);
      await expect(undo()).rejects.toMatchObject({ reason: "changed_meanwhile" });
    }
    const snoozed = await snoozeConversation(ctx, { conversationId, until: "tomorrow" });
    const resolved = await resolveConversation(ctx, { conversationId });
    await expect(undoConversationChange(ctx, { conversationId, eventId: snoozed.eventId! })).rejects.toMatchObject({
      reason: "changed_meanwhile",
    });
    await undoConversationChange(ctx, { conversationId, eventId: resolved.eventId! });
    expect(await state()).toMatchObject({ status: "snoozed", snoozedUntil: new Date("2026-11-22T08:00:00Z") });
    expect(await resolveConversation(ctx, { conversationId })).toMatchObject({ eventId: expect.any(String) });
    expect(await resolveConversation(ctx, { conversationId })).toEqual({ eventId: null });
  });

  it("is nobody's of another business", async () => {
    const [one, other] = [await shop(), await shop()];
    const { conversationId } = one.conversation;
    const { eventId } = await resolveConversation(one.ctx, { conversationId });
    for (const act of [
      () => undoConversationChange(other.ctx, { conversationId, eventId: eventId! }),
      () => undoConversationChange(other.ctx, { ...other.conversation, eventId: eventId! }),
      () => snoozeConversation(other.ctx, { conversationId, until: "tomorrow" }),
      () => markSpam(other.ctx, { conversationId }),
    ])
      await expect(act()).rejects.toMatchObject({ code: "not_found" });
  });
});
