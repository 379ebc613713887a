import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
  systemCtx,
} from "#db/factories.ts";
import { fixedClock } from "#server/core/clock.ts";
import { listThread } from "./list-thread.ts";
import { mergeConversations } from "./merge-conversations.ts";
import { at, rowsOf, wordsOf } from "./testing.ts";
import { unmergeConversations } from "./unmerge-conversations.ts";

export type Row = Record<string, unknown> & { id: string };

/** Somebody who wrote three words on WhatsApp and then one by SMS, as two conversations. */
export async function mergingShop() {
  const clock = fixedClock("2026-11-20T09:10:00Z");
  const tenant = await createTenant({ timezone: "Europe/Paris" });
  const nadia = await createMember(tenant, "agent", { name: "Nadia", clock });
  const customer = await createCustomer(tenant, { phone: "+33639981000" });
  const whatsapp = await createChannel(tenant, { name: "WhatsApp Boutique" });
  const sms = await createChannel(tenant, { provider: "twilio", name: "SMS Boutique" });
  const main = await createConversation(tenant, { customer, channel: whatsapp, lastMessageAt: at(0) });
  const other = await createConversation(tenant, { customer, channel: sms, lastMessageAt: at(0) });
  const first = await createMessage(main, { text: "un", occurredAt: at(0) });
  await createMessage(main, { text: "deux", direction: "out", occurredAt: at(10) });
  await createMessage(main, { text: "trois", occurredAt: at(20), read: true });
  await createMessage(other, { text: "par SMS", occurredAt: at(30) });
  const edge = systemCtx(tenant, clock);
  const bySms = wordsOf(sms);
  const byWhatsapp = wordsOf(whatsapp);
  const row = async ({ conversationId }: { conversationId: string }) =>
    (await rowsOf<Row>(tenant, "conversations")).find(({ id }) => id === conversationId)!;
  const texts = async ({ conversationId }: { conversationId: string }) =>
    (await listThread(nadia.ctx, { conversationId })).messages
      .filter((m) => m.kind !== "event")
      .map(({ text }) => text);
  const merge = () =>
    mergeConversations(nadia.ctx, { conversationId: other.conversationId, intoId: main.conversationId });
  const part = () => unmergeConversations(nadia.ctx, other);
  return {
    clock,
    tenant,
    nadia,
    customer,
    whatsapp,
    sms,
    main,
    other,
    first,
    edge,
    bySms,
    byWhatsapp,
    row,
    texts,
    merge,
    part,
  };
}
