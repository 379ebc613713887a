import fc from "fast-check";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createMember, createMessage, createTenant } from "#db/factories.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { drafts, scheduledMessages } from "#db/schema/composer.ts";
import { messages } from "#db/schema/messages.ts";
import { customerCommunicationPreferences as preferences } from "#db/schema/customers.ts";
import { userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { contextFor } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { saveDraft } from "#server/domains/drafts/save-draft.ts";
import { sendScheduledJob } from "./jobs.ts";
import { listScheduled } from "./list-scheduled.ts";
import { minute, openCounter, openVendors } from "./outbox-test.ts";
import { scheduleReply } from "./schedule-reply.ts";
import { sendScheduled } from "./send-scheduled.ts";
import { sendReplyNow, takeBackReply } from "./take-back-reply.ts";

await testDatabase();
const vendors = await openVendors();

/** A counter with a clock that the test moves; the conversation's window is open for a day. */
async function desk() {
  const counter = await openCounter(vendors);
  const { tenant, member, conversationId } = counter;
  const begun = Date.now();
  const clock = { at: begun, now: () => new Date(clock.at) };
  const ctx = contextFor(tenant.tenantId, { type: "member", userId: member.userId, role: "agent" }, clock);
  const job = contextFor(tenant.tenantId, { type: "job", name: "test" }, clock);
  const pass = (ms: number) => void (clock.at += ms);
  const hold = (text: string, key = newId()) => scheduleReply(ctx, { conversationId, text, idempotencyKey: key });
  const plan = (text: string, inMs: number, more: { unlessAnswered?: boolean; key?: string } = {}) => {
    const { key = newId(), ...rest } = more;
    const sendAt = localOf(clock.at + inMs);
    return scheduleReply(ctx, { conversationId, text, idempotencyKey: key, sendAt, ...rest });
  };
  const fire = () => sendScheduled(job, { conversationId });
  const rows = () =>
    withTenant(tenant, (tx) =>
      tx.select().from(scheduledMessages).where(eq(scheduledMessages.conversationId, conversationId)),
    );
  const sent = () =>
    withTenant(tenant, (tx) =>
      tx.select().from(messages).where(eq(messages.direction, "out")).orderBy(messages.occurredAt, messages.id),
    );
  return { ...counter, ctx, job, clock, pass, hold, plan, fire, rows, sent };
}

/** Of the tests' tenants, which work in Paris; the seconds that `datetime-local` lacks are rounded up. */
function localOf(at: number): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris", dateStyle: "short", timeStyle: "short" });
  return parts.format(new Date(at + minute - 1)).replace(" ", "T");
}

describe("a reply that may be taken back", () => {
  it("is no message until its seconds are over, then one", async () => {
    const { hold, fire, pass, sent, rows, ctx, conversationId, member } = await desk();
    const { messageId, created, leavesAt } = await hold("Nous regardons.");
    expect(created).toBe(true);
    await fire();
    expect(await sent()).toEqual([]);
    expect(await listScheduled(ctx, { conversationId })).toEqual([
      expect.objectContaining({ id: messageId, held: true, own: true, scheduledFor: leavesAt, status: "scheduled" }),
    ]);
    pass(5_000);
    await Promise.all([fire(), fire(), fire()]);
    expect(await sent()).toEqual([
      expect.objectContaining({ text: "Nous regardons.", status: "pending", authorId: member.userId }),
    ]);
    expect(await rows()).toEqual([]);
  });

  it("gives its words back when it is taken back, and is never sent, whoever asks again", async () => {
    const { hold, fire, pass, sent, ctx, rows } = await desk();
    const key = newId();
    const { messageId: scheduledId } = await hold("Trop vite", key);
    expect(await takeBackReply(ctx, { scheduledId })).toEqual({ text: "Trop vite", files: [] });
    await expect(takeBackReply(ctx, { scheduledId })).rejects.toMatchObject({ reason: "not_waiting" });
    await expect(sendReplyNow(ctx, { scheduledId })).rejects.toMatchObject({ reason: "not_waiting" });
    // A browser that heard no answer tries again.
    expect(await hold("Trop vite", key)).toMatchObject({ created: false, messageId: scheduledId });
    pass(60_000);
    await fire();
    expect(await sent()).toEqual([]);
    expect(await rows()).toEqual([expect.objectContaining({ status: "cancelled", text: "" })]);
  });

  it("leaves at once for who wants it so, and stays the writer's own for the others", async () => {
    const { hold, ctx, tenant, member, sent, rows } = await desk();
    const { messageId: scheduledId } = await hold("À moi");
    const colleague = await createMember(tenant);
    await expect(takeBackReply(colleague.ctx, { scheduledId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(sendReplyNow(colleague.ctx, { scheduledId })).rejects.toMatchObject({ code: "forbidden" });
    await sendReplyNow(ctx, { scheduledId });
    await withTenant(tenant, (tx) =>
      tx.update(userProfiles).set({ undoSeconds: 0 }).where(eq(userProfiles.userId, member.userId)),
    );
    expect(await hold("Tout de suite")).toMatchObject({ leavesAt: null });
    expect((await sent()).map(({ text }) => text)).toEqual(["À moi", "Tout de suite"]);
    expect(await rows()).toEqual([]);
  });

  it("takes the draft with it, but none that was begun meanwhile", async () => {
    const { hold, ctx, conversationId, tenant } = await desk();
    const kept = () => withTenant(tenant, (tx) => tx.select({ text: drafts.text }).from(drafts));
    await saveDraft(ctx, { conversationId, text: "Nous regar" });
    await hold("Nous regardons.");
    expect(await kept()).toEqual([]);
    await saveDraft(ctx, { conversationId, text: "Encore une chose" });
    await hold("Nous avons regardé.");
    expect(await kept()).toEqual([{ text: "Encore une chose" }]);
  });
});

describe("a reply for later", () => {
  it("leaves at its time, in the order of its time, by the job of its conversation", async () => {
    const { plan, pass, sent, clock, tenant, conversationId, conversation, read } = await desk();
    await plan("Second", 20 * minute);
    await plan("Premier", 10 * minute);
    pass(30 * minute);
    const run = () =>
      sendScheduledJob.run(
        { tenantId: tenant.tenantId, conversationId },
        { clock, signal: new AbortController().signal },
      );
    await run();
    await run();
    const texts = (await sent()).map(({ text }) => text);
    expect(texts).toEqual(["Premier", "Second"]);
    expect((await read((await sent())[0]!.id)).conversationId).toBe(conversation.conversationId);
  });

  it("is refused where it could not leave by then, or its time is past", async () => {
    const { plan, ctx, conversationId } = await desk();
    await expect(plan("Trop tard", 25 * 60 * minute)).rejects.toMatchObject({
      fields: { sendAt: "window_closes_before" },
    });
    const past = { conversationId, text: "Hier", idempotencyKey: newId(), sendAt: "2020-01-01T10:00" };
    await expect(scheduleReply(ctx, past)).rejects.toMatchObject({ fields: { sendAt: "time_past" } });
  });

  it("is looked at again when it leaves: a pause, an opt-out and a closed window keep it here, with the reason", async () => {
    const { plan, pass, fire, rows, tenant, channel, customer, sent, ctx } = await desk();
    const setChannel = (enabled: boolean) =>
      withTenant(tenant, (tx) =>
        tx.update(channelConfigurations).set({ enabled }).where(eq(channelConfigurations.id, channel.channelId)),
      );
    const { messageId: scheduledId } = await plan("Pause", 10 * minute);
    await setChannel(false);
    pass(15 * minute);
    await fire();
    expect(await rows()).toEqual([
      expect.objectContaining({ status: "failed", refusal: "channel_paused", text: "Pause" }),
    ]);
    await setChannel(true);
    await withTenant(tenant, (tx) =>
      tx
        .insert(preferences)
        .values({ tenantId: tenant.tenantId, customerId: customer.customerId, whatsappEnabled: false }),
    );
    await sendReplyNow(ctx, { scheduledId });
    expect(await rows()).toEqual([expect.objectContaining({ status: "failed", refusal: "opted_out" })]);
    await withTenant(tenant, (tx) => tx.update(preferences).set({ whatsappEnabled: true }));
    pass(25 * 60 * minute);
    await sendReplyNow(ctx, { scheduledId });
    expect(await rows()).toEqual([expect.objectContaining({ status: "failed", refusal: "window_closed" })]);
    expect(await sent()).toEqual([]);
  });

  it("is cancelled when the customer answers first, where that was asked for", async () => {
    const { plan, pass, fire, rows, sent, conversation, clock, ctx, conversationId } = await desk();
    await plan("Toujours là ?", 60 * minute, { unlessAnswered: true });
    await plan("Quoi qu’il en soit", 60 * minute);
    pass(30 * minute);
    await createMessage(conversation, { occurredAt: clock.now() });
    expect((await listScheduled(ctx, { conversationId })).map(({ answered }) => answered).toSorted()).toEqual([
      false,
      true,
    ]);
    pass(40 * minute);
    await fire();
    expect((await sent()).map(({ text }) => text)).toEqual(["Quoi qu’il en soit"]);
    expect(await rows()).toEqual([expect.objectContaining({ status: "cancelled", refusal: "answered", text: "" })]);
  });

  it("may be cancelled by a colleague, who learns no more than that; and by nobody elsewhere", async () => {
    const { plan, tenant, fire, pass, sent } = await desk();
    const { messageId: scheduledId } = await plan("Plus tard", 60 * minute);
    const stranger = await createMember(await createTenant(), "owner");
    await expect(takeBackReply(stranger.ctx, { scheduledId })).rejects.toMatchObject({ code: "not_found" });
    await expect(sendReplyNow(stranger.ctx, { scheduledId })).rejects.toMatchObject({ code: "not_found" });
    const colleague = await createMember(tenant);
    expect(await takeBackReply(colleague.ctx, { scheduledId })).toEqual({ text: "", files: [] });
    pass(90 * minute);
    await fire();
    expect(await sent()).toEqual([]);
  });
});

/** What people and the program may do, in any order. */
const step = fc.oneof(
  fc.record({ do: fc.constant("hold" as const), key: fc.nat(4) }),
  fc.record({ do: fc.constant("plan" as const), key: fc.nat(4), minutes: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ do: fc.constant("back" as const), key: fc.nat(4) }),
  fc.record({ do: fc.constant("now" as const), key: fc.nat(4) }),
  fc.record({ do: fc.constant("fire" as const), times: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant("pass" as const), seconds: fc.integer({ min: 1, max: 3_000 }) }),
);

describe("whatever is scheduled, taken back and sent", () => {
  it("is sent at most once; what was taken back never, the rest in the end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 18 }), async (steps) => {
        const { ctx, hold, plan, fire, pass, sent, rows } = await desk();
        const ids = new Map<number, string>();
        const taken = new Set<number>();
        const tell = async (written: Promise<{ messageId: string; created: boolean }>, key: number) => {
          const { messageId, created } = await written;
          expect(created).toBe(!ids.has(key));
          if (created) ids.set(key, messageId);
        };
        for (const one of steps) {
          if (one.do === "hold") await tell(hold(`n° ${one.key}`, `key number ${one.key}`), one.key);
          else if (one.do === "plan")
            await tell(plan(`n° ${one.key}`, one.minutes * minute, { key: `key number ${one.key}` }), one.key);
          else if (one.do === "pass") pass(one.seconds * 1000);
          else if (one.do === "fire") await Promise.all(Array.from({ length: one.times }, fire));
          else {
            const scheduledId = ids.get(one.key) ?? newId();
            const asked = one.do === "back" ? takeBackReply(ctx, { scheduledId }) : sendReplyNow(ctx, { scheduledId });
            const done = await asked.then(
              () => true,
              () => false,
            );
            if (done && one.do === "back") taken.add(one.key);
          }
        }
        pass(2 * 60 * minute);
        await fire();
        const expected = [...ids.keys()].filter((key) => !taken.has(key)).map((key) => `n° ${key}`);
        expect((await sent()).map(({ text }) => text).toSorted()).toEqual(expected.toSorted());
        expect((await rows()).map(({ status }) => status)).toEqual([...taken].map(() => "cancelled"));
      }),
      { numRuns: 60 },
    );
  });
});
