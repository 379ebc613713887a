import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createMember, createTenant, systemCtx } from "#db/factories.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock, systemClock } from "#server/core/clock.ts";
import { listAlerts } from "#server/domains/alerts/index.ts";
import { allowSending } from "#server/domains/channels/index.ts";
import { wellBehaved } from "#server/providers/stand-in.ts";
import { getConversation } from "./get-conversation.ts";
import { giveUpMessage } from "./give-up-message.ts";
import { releaseMessagesJob, sweepMessagesJob } from "./jobs.ts";
import { jobsOf, minute, openCounter, openVendors } from "./outbox-test.ts";
import { receiveMessages } from "./receive-messages.ts";

await testDatabase();
const vendors = await openVendors();
const { whatsapp } = vendors;

async function counter() {
  const made = await openCounter(vendors);
  const { tenant, channel } = made;
  const { channelId } = channel;
  const state = async () => {
    const [row] = await withTenant(tenant, (tx) =>
      tx.select().from(channelConfigurations).where(eq(channelConfigurations.id, channelId)),
    );
    return row!;
  };
  const release = () =>
    releaseMessagesJob.run({ tenantId: tenant.tenantId, channelId }, { clock: systemClock, signal: neverAborted });
  return { ...made, channelId, state, release, ctx: systemCtx(tenant) };
}
const neverAborted = new AbortController().signal;

describe("a revoked token", () => {
  it("blocks the channel, keeps what is written waiting, and lets it go once the admin reconnected", async () => {
    const { ctx, channelId, conversationId, reply, read, run, state, release, phone } = await counter();
    whatsapp.setBehaviour({ failSends: "190" });
    const first = await reply("Bonjour");
    await run(first.messageId);
    expect(await read(first.messageId)).toMatchObject({ status: "pending", errorCode: "190", sending: false });
    expect(await state()).toMatchObject({ sendingBlocked: "credentials_refused", webhookStatus: "error" });
    expect(await listAlerts(ctx)).toEqual([
      expect.objectContaining({ kind: "channel_failing", channelId, severity: "critical" }),
    ]);
    const second = await reply("Toujours là ?");
    expect((await getConversation(ctx, { conversationId })).reply).toMatchObject({
      refusal: null,
      waits: "credentials_refused",
    });
    whatsapp.setBehaviour(wellBehaved);
    await run(second.messageId);
    expect(phone()).toEqual([]);
    expect((await read(second.messageId)).attempts).toBe(0);

    await allowSending(ctx, { channelId });
    expect(await state()).toMatchObject({ sendingBlocked: null, lastErrorReason: null });
    expect(await listAlerts(ctx)).toEqual([]);
    await release();
    expect([await jobsOf(first.messageId), await jobsOf(second.messageId)]).toEqual([2, 2]);
    await run(first.messageId);
    await run(second.messageId);
    expect(phone()).toEqual(["Bonjour", "Toujours là ?"]);
  });

  it("leaves its messages out of the sweep, and those of other channels in", async () => {
    const [blocked, well] = [await counter(), await counter()];
    whatsapp.setBehaviour({ failSends: "190" });
    const { messageId } = await blocked.reply("bloquée");
    await blocked.run(messageId);
    whatsapp.setBehaviour(wellBehaved);
    const other = await well.reply("d’ailleurs");
    const jobs = await jobsOf(messageId);
    const later = fixedClock(new Date(Date.now() + 60 * minute));
    await sweepMessagesJob.run({ clock: later, signal: neverAborted });
    expect(await jobsOf(messageId)).toBe(jobs);
    expect(await jobsOf(other.messageId)).toBe(2);
    await well.run(other.messageId);
    expect(well.phone()).toEqual(["d’ailleurs"]);
    expect((await well.state()).sendingBlocked).toBeNull();
  });

  it("can be waited out no longer: a message is given up, by its own tenant only", async () => {
    const { member, conversationId, ctx, channelId, reply, read, run, release, phone } = await counter();
    whatsapp.setBehaviour({ failSends: "190" });
    const { messageId } = await reply("tant pis");
    await run(messageId);
    const stranger = await createMember(await createTenant());
    await expect(giveUpMessage(stranger.ctx, { messageId })).rejects.toMatchObject({ code: "not_found" });
    await giveUpMessage(member.ctx, { messageId });
    expect(await read(messageId)).toMatchObject({ status: "failed", data: { refusal: "given_up" } });
    await expect(giveUpMessage(member.ctx, { messageId })).rejects.toMatchObject({ reason: "not_waiting" });
    whatsapp.setBehaviour(wellBehaved);
    await allowSending(ctx, { channelId });
    await release();
    await run(messageId);
    expect(phone()).toEqual([]);
    expect((await getConversation(ctx, { conversationId })).reply.waits).toBeNull();
  });
});

describe("what may pass", () => {
  it.each(["131016", "lost"])("never blocks: %s", async (failSends) => {
    const { ctx, reply, run, state } = await counter();
    whatsapp.setBehaviour({ failSends });
    const { messageId } = await reply("Bonjour");
    await run(messageId);
    expect((await state()).sendingBlocked).toBeNull();
    expect(await listAlerts(ctx)).toEqual([]);
  });
});

it("a blocked channel still receives", async () => {
  const { customer, ctx, channelId, reply, run } = await counter();
  whatsapp.setBehaviour({ failSends: "190" });
  await run((await reply("Bonjour")).messageId);
  const event = {
    kind: "message" as const,
    direction: "in" as const,
    messageId: "wamid.while-blocked",
    person: { identities: [{ kind: "phone" as const, value: customer.phone }], name: null },
    content: { kind: "text" as const, text: "Allô ?", media: [], data: null },
    replyToId: null,
    occurredAt: new Date(),
  };
  const received = await receiveMessages(ctx, [{ channelId, webhookLogId: null, event }]);
  expect(received).toEqual([expect.objectContaining({ outcome: "received", customerId: customer.customerId })]);
});
