import { describe, expect, test } from "vitest";
import { createCustomer, createTicket } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { receiveMessages } from "./index.ts";
import { at, receivingShop, rowsOf } from "./testing.ts";

await testDatabase();

interface MessageRow extends Record<string, unknown> {
  id: string;
  external_id: string | null;
  text: string;
  status: string;
}

const bySaid = async (tenant: { tenantId: string }) =>
  Object.fromEntries((await rowsOf<MessageRow>(tenant, "messages")).map((row) => [row.external_id ?? row.id, row]));

describe("messages", () => {
  test("of one person are one conversation, ordered by the provider's clock", async () => {
    const { tenant, ctx, message } = await receivingShop();
    const received = await receiveMessages(ctx, [
      message("b", { seconds: 20 }),
      message("a", { seconds: 10 }),
      message("c", { seconds: 30, phone: "+33639981001" }),
    ]);
    expect(received.map((one) => one.outcome)).toEqual(["received", "received", "received"]);
    expect(received[0]?.conversationId).toBe(received[1]?.conversationId);
    expect(received[2]?.conversationId).not.toBe(received[0]?.conversationId);
    const [thread] = (await rowsOf(tenant, "conversations")).filter((row) => row.id === received[0]?.conversationId);
    expect(thread).toMatchObject({
      message_count: 2,
      unread_count: 2,
      last_message_at: at(20),
      last_message_preview: "message b",
      waiting_since: at(10),
      address_value: "+33639981000",
    });
    const activities = await rowsOf<{ type: string }>(tenant, "customer_activities");
    expect(activities.map((row) => row.type)).toEqual(["message_received", "message_received", "message_received"]);
  });

  test("that come again change nothing, within a batch and across", async () => {
    const { tenant, ctx, message } = await receivingShop();
    const first = await receiveMessages(ctx, [message("a"), message("a"), message("b")]);
    expect(first.map((one) => one.outcome)).toEqual(["received", "duplicate", "received"]);
    const again = await receiveMessages(ctx, [message("a"), message("b")]);
    expect(again).toMatchObject([
      { outcome: "duplicate", messageId: first[0]?.messageId, conversationId: first[0]?.conversationId },
      { outcome: "duplicate", messageId: first[2]?.messageId },
    ]);
    expect((await rowsOf(tenant, "conversations"))[0]).toMatchObject({ message_count: 2, unread_count: 2 });
    expect((await rowsOf(tenant, "customers"))[0]).toMatchObject({ total_messages: 2, total_conversations: 1 });
  });

  test("that come many times at once are written once", async () => {
    const { tenant, ctx, message } = await receivingShop();
    const batch = ["a", "b", "c"].map((id) => message(id));
    const received = await Promise.all(Array.from({ length: 8 }, () => receiveMessages(ctx, batch)));
    expect(received.flat().filter((one) => one.outcome === "received")).toHaveLength(3);
    expect(await rowsOf(tenant, "messages")).toHaveLength(3);
    expect(await rowsOf(tenant, "conversations")).toHaveLength(1);
    expect(await rowsOf(tenant, "customers")).toHaveLength(1);
  });

  test("open a resolved and archived thread again, with a line that says so; repeats do not", async () => {
    const { tenant, ctx, message } = await receivingShop();
    const [first] = await receiveMessages(ctx, [message("a")]);
    const rest = () =>
      withTenant(tenant, (tx) =>
        tx.raw.unsafe("update conversations set status = 'resolved', archived = true, resolved_at = now()"),
      );
    await rest();
    await receiveMessages(ctx, [message("a")]);
    expect((await rowsOf(tenant, "conversations"))[0]).toMatchObject({ status: "resolved", archived: true });
    await receiveMessages(ctx, [message("b", { seconds: 5 })]);
    expect((await rowsOf(tenant, "conversations"))[0]).toMatchObject({
      id: first?.conversationId,
      status: "open",
      archived: false,
      resolved_at: null,
      message_count: 2,
    });
    const events = (await rowsOf(tenant, "messages")).filter((row) => row.kind === "event");
    expect(events.map((row) => row.data)).toEqual([{ event: "reopened" }]);
  });

  test("typed in the provider's own app are the business's: nobody waits, nothing is unread", async () => {
    const { tenant, ctx, message } = await receivingShop();
    await receiveMessages(ctx, [message("a"), message("e", { seconds: 10, direction: "out" })]);
    expect((await bySaid(tenant)).e).toMatchObject({
      direction: "out",
      status: "sent",
      echo: true,
      read: true,
      sent_at: at(10),
    });
    expect((await rowsOf(tenant, "conversations"))[0]).toMatchObject({
      unread_count: 1,
      waiting_since: null,
      last_message_direction: "out",
    });
  });

  test("find the thread of somebody whose phone was hidden before", async () => {
    const { tenant, ctx, message } = await receivingShop();
    const hidden = message("a");
    hidden.event.person = { name: "Alix", identities: [{ kind: "whatsapp_user_id", value: "FR.42" }] };
    const shown = message("b");
    shown.event.person = {
      name: "Alix",
      identities: [
        { kind: "phone", value: "+33639981000" },
        { kind: "whatsapp_user_id", value: "FR.42" },
      ],
    };
    const [first] = await receiveMessages(ctx, [hidden]);
    await receiveMessages(ctx, [shown]);
    const [third] = await receiveMessages(ctx, [message("c")]);
    expect(third?.conversationId).toBe(first?.conversationId);
    expect(await rowsOf(tenant, "conversations")).toHaveLength(1);
    expect(await rowsOf(tenant, "customers")).toHaveLength(1);
  });

  test("go to whom a member gave the thread", async () => {
    const { tenant, ctx, message } = await receivingShop();
    await receiveMessages(ctx, [message("a")]);
    const other = await createCustomer(tenant);
    await withTenant(tenant, (tx) => tx.raw.unsafe("update conversations set customer_id = $1", [other.customerId]));
    const [next] = await receiveMessages(ctx, [message("b")]);
    expect(next?.customerId).toBe(other.customerId);
  });

  test("of a channel of another tenant are refused whole", async () => {
    const { ctx, message } = await receivingShop();
    const elsewhere = await receivingShop();
    await expect(receiveMessages(elsewhere.ctx, [message("a")])).rejects.toMatchObject({ code: "not_found" });
    expect(await rowsOf(elsewhere.tenant, "customers")).toEqual([]);
    expect((await receiveMessages(ctx, [message("a")]))[0]?.outcome).toBe("received");
  });
});

describe("tickets", () => {
  test("are opened by the channel's rule, for what opens and for nothing else", async () => {
    const { tenant, ctx, message } = await receivingShop({ autoTicketRule: "reopened_conversation" });
    const [first, second] = await receiveMessages(ctx, [
      message("a", { text: "\n  Ma lampe est cassée\nmerci" }),
      message("b", { seconds: 1 }),
    ]);
    expect(first?.ticketId).not.toBeNull();
    expect(second?.ticketId).toBeNull();
    await withTenant(tenant, (tx) =>
      tx.raw.unsafe("update conversations set status = 'resolved', resolved_at = now()"),
    );
    await receiveMessages(ctx, [message("c", { seconds: 2 })]);
    const rows = await rowsOf<{ number: string; subject: string; source: string }>(tenant, "tickets");
    const tickets = rows.toSorted((a, b) => Number(a.number) - Number(b.number));
    expect(tickets.map(({ subject, source }) => ({ subject, source }))).toEqual([
      { subject: "Ma lampe est cassée", source: "rule" },
      { subject: "message c", source: "rule" },
    ]);
  });

  test("of a thread open again when its customer writes, and show their words", async () => {
    const { tenant, ctx, message } = await receivingShop();
    const [first] = await receiveMessages(ctx, [message("a")]);
    await createTicket(tenant, { conversationId: first!.conversationId, status: "waiting_customer" });
    await receiveMessages(ctx, [message("b", { seconds: 1, text: "Toujours cassée" })]);
    expect((await rowsOf(tenant, "tickets"))[0]).toMatchObject({ status: "open", preview: "Toujours cassée" });
  });
});
