import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createMember, createTenant } from "#db/factories.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { customerCommunicationPreferences } from "#db/schema/customers.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { jobsOf, minute, openCounter, openVendors } from "./outbox-test.ts";
import { replyToConversation } from "./reply-to-conversation.ts";

await testDatabase();
const vendors = await openVendors();
const counter = () => openCounter(vendors);

describe("a reply", () => {
  it("is written as pending with its job, in one transaction", async () => {
    const { tenant, member, conversationId, reply, read, customer } = await counter();
    const { messageId, created } = await reply("  Bonjour, nous ouvrons à 9 h.  ");
    expect(created).toBe(true);
    expect(await read(messageId)).toMatchObject({
      status: "pending",
      text: "Bonjour, nous ouvrons à 9 h.",
      authorId: member.userId,
      toAddress: customer.phone,
      externalId: null,
    });
    expect(await jobsOf(messageId)).toBe(1);
    const trace = await withTenant(tenant, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.action, "conversation.reply")),
    );
    expect(trace).toEqual([
      expect.objectContaining({ entityId: conversationId, actorId: member.userId, data: { messageId } }),
    ]);
  });

  it("leaves nothing behind when its transaction fails", async () => {
    const { tenant, member, conversationId } = await counter();
    let messageId = "";
    const undone = withTenant(tenant, async (tx) => {
      ({ messageId } = await replyToConversation(
        { ...member.ctx, tx },
        { conversationId, text: "non", idempotencyKey: newId() },
      ));
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await jobsOf(messageId)).toBe(0);
  });

  it("sends once for one key, however often and at once it is asked for", async () => {
    const { reply } = await counter();
    const key = newId();
    const written = await Promise.all(Array.from({ length: 5 }, () => reply("Une seule fois", key)));
    expect(new Set(written.map((one) => one.messageId)).size).toBe(1);
    expect(written.filter((one) => one.created)).toHaveLength(1);
    expect(await jobsOf(written[0]!.messageId)).toBe(1);
  });

  it("is refused with a reason: closed window, paused channel, opted out, empty, too long", async () => {
    const { tenant, channel, member, customer, conversationId, reply } = await counter();
    await expect(reply("   ")).rejects.toMatchObject({ code: "invalid" });
    await expect(reply("x".repeat(4097))).rejects.toMatchObject({ code: "invalid", fields: { text: "too_long" } });
    const later = contextFor(
      tenant.tenantId,
      { type: "member", userId: member.userId, role: "agent" },
      fixedClock(new Date(Date.now() + 24 * 60 * minute)),
    );
    await expect(
      replyToConversation(later, { conversationId, text: "trop tard", idempotencyKey: newId() }),
    ).rejects.toMatchObject({ code: "window_closed" });
    const setChannel = (enabled: boolean) =>
      withTenant(tenant, (tx) =>
        tx.update(channelConfigurations).set({ enabled }).where(eq(channelConfigurations.id, channel.channelId)),
      );
    await setChannel(false);
    await expect(reply("en pause")).rejects.toMatchObject({ code: "channel_paused" });
    await setChannel(true);
    await withTenant(tenant, (tx) =>
      tx.insert(customerCommunicationPreferences).values({ ...customer, whatsappEnabled: false }),
    );
    await expect(reply("non merci")).rejects.toMatchObject({ reason: "opted_out" });
  });

  it("knows no conversation of another tenant", async () => {
    const { conversationId } = await counter();
    const stranger = await createMember(await createTenant());
    await expect(
      replyToConversation(stranger.ctx, { conversationId, text: "coucou", idempotencyKey: newId() }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
