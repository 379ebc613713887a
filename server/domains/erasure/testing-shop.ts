import { createAppointment, createService } from "#db/factories-appointments.ts";
import { createProspect } from "#db/factories-prospects.ts";
import { createChannel, createMember, createTenant, createTicket } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { contextFor } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { addConversationNote } from "#server/domains/conversations/add-note.ts";
import { addCustomerNote } from "#server/domains/customers/customer-notes.ts";
import { currentStorage } from "#server/storage/index.ts";
import type { TestEdge } from "#server/webhooks/testing.ts";
import { post, textMessage, whatsappPost } from "#server/webhooks/testing.ts";

/** Unique in all the data there is. */
export const word = "Zorglubinette";
export const phone = "33639980017";

export async function openShop(edge: TestEdge) {
  const tenant = await createTenant();
  const channel = await createChannel(tenant);
  const owner = await createMember(tenant, "owner");
  const ctx = contextFor(tenant.tenantId, { type: "member", userId: owner.userId, role: "owner" });
  const say = async (...messages: Parameters<typeof textMessage>[0][]) => {
    const body = whatsappPost({ channel, messages: messages.map((one) => textMessage(one)) });
    await post(`${edge.url}/webhooks/whatsapp`, body, channel.credentials.app_secret!);
    await edge.drain.emptied(tenant.tenantId);
    return body;
  };
  const rows = <T extends object = Record<string, unknown>>(statement: string): Promise<T[]> =>
    withTenant(tenant, async (tx) => [...(await tx.raw.unsafe<T[]>(statement))]);
  const customers = () =>
    rows<{ id: string; erased: boolean }>("select id, erased_at is not null as erased from customers order by id");
  /** The only customer, so far. */
  const firstCustomer = async () => (await customers())[0]!.id;
  return { ...tenant, channel, owner, ctx, say, rows, customers, firstCustomer };
}
export type Shop = Awaited<ReturnType<typeof openShop>>;

/** Everything that a person can leave behind, a row of each kind. */
export async function fill(one: Shop): Promise<string> {
  await one.say({ id: `wamid.${one.tenantId}`, from: phone, text: `Je suis ${word}` });
  const [message] = await one.rows<{ id: string; customerId: string; conversationId: string }>(
    `select id, customer_id as "customerId", conversation_id as "conversationId" from messages where direction = 'in'`,
  );
  const { id: messageId, customerId, conversationId } = message!;
  await addCustomerNote(one.ctx, { customerId, content: word });
  await addConversationNote(one.ctx, { conversationId, text: word });
  const ticket = await createTicket(one, { customerId, conversationId });
  const service = await createService(one, [one.owner.userId]);
  await createAppointment(service, {
    userId: one.owner.userId,
    customerId,
    startsAt: new Date(Date.now() + 86_400_000),
  });
  await createProspect(one, { customerId });
  const keys = {
    file: `${one.tenantId}/${newId()}`,
    recording: `${one.tenantId}/${newId()}`,
    mail: `${one.tenantId}/mail/${newId()}`,
  };
  for (const key of Object.values(keys))
    await currentStorage().put(key, new TextEncoder().encode(word), { mimeType: "text/plain" });
  const callId = newId();
  await withTenant(one, async (tx) => {
    const add = (table: string, values: Record<string, unknown>) =>
      tx.raw`insert into ${tx.raw(table)} ${tx.raw({ tenant_id: one.tenantId, ...values } as never)}`;
    await add("call_logs", {
      id: callId,
      channel_id: one.channel.channelId,
      provider: "vapi",
      external_id: "call-1",
      direction: "in",
      status: "completed",
      started_at: new Date(),
      customer_id: customerId,
    });
    await add("call_functions", { id: newId(), call_id: callId, key: "1", name: "create_ticket", arguments: {} });
    await add("attachments", {
      id: newId(),
      message_id: messageId,
      kind: "image",
      status: "stored",
      storage_key: keys.file,
    });
    await add("attachments", {
      id: newId(),
      call_id: callId,
      kind: "audio",
      status: "stored",
      storage_key: keys.recording,
    });
    await add("mail_bodies", { message_id: messageId, raw_key: keys.mail });
    await add("message_events", {
      id: newId(),
      channel_id: one.channel.channelId,
      dedupe_key: "1",
      target_external_id: "x",
      message_id: messageId,
      kind: "reaction",
      data: {},
      occurred_at: new Date(),
    });
    const written = { conversation_id: conversationId, text: word };
    await add("drafts", { ...written, user_id: one.owner.userId });
    await add("scheduled_messages", {
      ...written,
      id: newId(),
      author_id: one.owner.userId,
      idempotency_key: newId(),
      scheduled_for: new Date(),
      held: false,
    });
    await add("surveys", {
      id: newId(),
      conversation_id: conversationId,
      customer_id: customerId,
      channel_type: "whatsapp",
      status: "answered",
      score: 2,
      resolved_at: new Date(),
      due_at: new Date(),
    });
    await add("customer_tags", { customer_id: customerId, tag: "fidèle" });
    await add("customer_communication_preferences", { customer_id: customerId });
    await add("ticket_events", { id: newId(), ticket_id: ticket.ticketId, type: "note", actor_type: "member" });
    await add("saved_views", {
      id: newId(),
      owner_id: one.owner.userId,
      area: "webhook_logs",
      name: "Suivi",
      query: { search: `+${phone}` },
    });
    await add("saved_views", {
      id: newId(),
      owner_id: one.owner.userId,
      area: "tickets",
      name: "Ses tickets",
      query: { view: "all", q: phone },
    });
    await add("ticket_bulk_changes", {
      id: newId(),
      filter: { view: "all", search: phone },
      change: { status: "closed" },
      status: "done",
      total: 1,
      last_id: newId(),
      requested_by: one.owner.userId,
      started_at: new Date(),
      stepped_at: new Date(),
    });
    await add("webhook_replays", {
      id: newId(),
      filter: { search: phone },
      status: "done",
      total: 1,
      last_id: newId(),
      started_at: new Date(),
      stepped_at: new Date(),
    });
    await add("audit_log", {
      id: newId(),
      actor_type: "member",
      action: "ticket.change",
      entity_type: "ticket",
      entity_id: ticket.ticketId,
    });
  });
  return customerId;
}
