import { expect, test } from "vitest";
import { createConversation, createMember, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { getTicket } from "#server/domains/tickets/get-ticket.ts";
import { openTicket } from "#server/domains/tickets/index.ts";
import { getCall } from "./get-call.ts";
import { linkTicket, openTicketFromCall } from "./link-ticket.ts";
import { listCalls } from "./list-calls.ts";
import { recordCalls } from "./index.ts";
import { at, caller, callingShop } from "./testing.ts";

await testDatabase();

async function shopWithCall() {
  const shop = await callingShop();
  const member = await createMember(shop.tenant, "agent");
  const [recorded] = await recordCalls(shop.ctx, [
    shop.told("c1", 30, {
      status: "completed",
      person: caller("+33639981234"),
      endedAt: at(30),
      summary: "Une panne.",
    }),
  ]);
  return { ...shop, member, callId: recorded!.callId };
}

test("a call is about a ticket, and the ticket shows it; taken away again, neither does", async () => {
  const { member, callId, tenant } = await shopWithCall();
  const { number, ticketId } = await openTicket(member.ctx, { subject: "Lampe", source: "manual" });
  await linkTicket(member.ctx, { callId, ticketNumber: number });
  expect(await getCall(member.ctx, { callId })).toMatchObject({ ticket: { id: ticketId, number, subject: "Lampe" } });
  expect((await listCalls(member.ctx, {})).rows).toMatchObject([{ ticketNumber: number }]);
  expect((await getTicket(member.ctx, { number })).calls).toEqual([
    { id: callId, direction: "in", status: "completed", startedAt: expect.any(Date), summary: "Une panne." },
  ]);

  await linkTicket(member.ctx, { callId, ticketNumber: null });
  expect((await getTicket(member.ctx, { number })).calls).toEqual([]);
  // Nothing changes, nothing is written.
  await linkTicket(member.ctx, { callId, ticketNumber: null });
  const audit = await withTenant(
    tenant,
    (tx) => tx.raw`select actor_id, data from audit_log where action = 'call.link_ticket' order by id`,
  );
  expect(audit.map((row) => row["data"] as unknown)).toEqual([
    { ticketId, before: null },
    { ticketId: null, before: ticketId },
  ]);
});

test("a number of no ticket is refused beside its field; another business's call and ticket are none", async () => {
  const { member, callId } = await shopWithCall();
  await expect(linkTicket(member.ctx, { callId, ticketNumber: 99 })).rejects.toMatchObject({
    fields: { ticketNumber: "unknown_ticket" },
  });
  const stranger = await createMember(await createTenant());
  const { number } = await openTicket(stranger.ctx, { subject: "Autre", source: "manual" });
  await expect(linkTicket(stranger.ctx, { callId, ticketNumber: number })).rejects.toThrow("not_found");
  await expect(linkTicket(member.ctx, { callId, ticketNumber: number })).rejects.toMatchObject({ reason: "invalid" });
});

test("a ticket that is opened from a call is about it", async () => {
  const { member, callId } = await shopWithCall();
  const { conversationId } = await getCall(member.ctx, { callId });
  const { number } = await openTicketFromCall(member.ctx, {
    callId,
    subject: "À rappeler",
    conversationId: conversationId!,
  });
  expect(await getCall(member.ctx, { callId })).toMatchObject({ ticket: { number, subject: "À rappeler" } });
  // Where the call is another's, nothing is opened.
  const stranger = await createConversation(await createTenant());
  const other = await createMember(stranger);
  await expect(openTicketFromCall(other.ctx, { callId, subject: "Rien" })).rejects.toThrow("not_found");
  await expect(getTicket(other.ctx, { number: 1 })).rejects.toThrow("not_found");
});

test("a call's page is read in two statements", async () => {
  const { member, callId } = await shopWithCall();
  expect(await statementsOf(() => getCall(member.ctx, { callId }))).toHaveLength(2);
});
