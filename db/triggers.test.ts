import fc from "fast-check";
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { findDrift } from "./testing-recount.ts";
import { testDatabase } from "./testing.ts";
import type { TenantTx } from "./tenant.ts";
import { withTenant } from "./tenant.ts";

await testDatabase();

interface Message {
  id: string;
  conversation: string;
  customer: string;
  direction: "in" | "out" | "internal";
  at: number;
  text: string;
}

type Step =
  | { do: "write"; messages: { conversation: number; direction: Message["direction"]; at: number }[] }
  | { do: "read"; conversation: number }
  | { do: "edit"; nth: number; at: number }
  | { do: "fail"; nth: number; failed: boolean }
  | { do: "remove"; nth: number }
  | { do: "move"; conversation: number; customer: number }
  | { do: "order"; customer: number; cents: number; at: number }
  | { do: "unorder"; nth: number }
  | { do: "ticket"; customer: number | null }
  | { do: "relink"; nth: number; customer: number | null };

const start = Date.UTC(2026, 2, 28, 22);
const pick = fc.nat({ max: 2 });
const minute = fc.nat({ max: 300 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("write" as const),
      messages: fc.array(
        fc.record({ conversation: pick, direction: fc.constantFrom("in", "out", "internal"), at: minute }),
        { minLength: 1, maxLength: 5 },
      ),
    }) as fc.Arbitrary<Step>,
  },
  fc.record({ do: fc.constant("read" as const), conversation: pick }),
  fc.record({ do: fc.constant("edit" as const), nth: fc.nat(), at: minute }),
  fc.record({ do: fc.constant("fail" as const), nth: fc.nat(), failed: fc.boolean() }),
  fc.record({ do: fc.constant("remove" as const), nth: fc.nat() }),
  fc.record({ do: fc.constant("move" as const), conversation: pick, customer: pick }),
  fc.record({
    do: fc.constant("order" as const),
    customer: pick,
    cents: fc.integer({ min: -500, max: 9000 }),
    at: minute,
  }),
  fc.record({ do: fc.constant("unorder" as const), nth: fc.nat() }),
  fc.record({ do: fc.constant("ticket" as const), customer: fc.option(pick) }),
  fc.record({ do: fc.constant("relink" as const), nth: fc.nat(), customer: fc.option(pick) }),
);

/** Three customers with one conversation each, in a tenant of their own. */
async function scene() {
  const tenantId = randomUUID();
  const channel = randomUUID();
  const customers = [randomUUID(), randomUUID(), randomUUID()];
  const conversations = [randomUUID(), randomUUID(), randomUUID()];
  await withTenant({ tenantId }, async (tx) => {
    await tx.raw`insert into tenants (id, slug, name) values (${tenantId}, ${tenantId}, 'Scene')`;
    await tx.raw`insert into channel_configurations (tenant_id, id, channel_type, provider, name) values (${tenantId}, ${channel}, 'sms', 'twilio', 'SMS')`;
    for (const [index, id] of customers.entries()) {
      await tx.raw`insert into customers (tenant_id, id, display_name, opening_orders, opening_revenue_cents) values (${tenantId}, ${id}, 'Someone', ${index}, ${index * 1000})`;
      await tx.raw`insert into conversations (tenant_id, id, customer_id, channel_id, channel_type, address_kind, address_value, last_message_at, created_at)
        values (${tenantId}, ${conversations[index]!}, ${id}, ${channel}, 'sms', 'phone', ${`+3360000000${index}`}, ${new Date(start)}, ${new Date(start)})`;
    }
  });
  return { tenantId, channel, customers, conversations };
}

/** What a history has made so far, to go on with. */
class Book {
  messages: Message[] = [];
  orders: string[] = [];
  tickets: string[] = [];
  owner = new Map<string, string>();
}

const instant = (minutes: number) => new Date(start + minutes * 60_000);

async function apply(tx: TenantTx, book: Book, at: Awaited<ReturnType<typeof scene>>, step: Step): Promise<void> {
  const { tenantId, channel, customers, conversations } = at;
  const nth = <T>(list: T[], index: number) => list[index % Math.max(list.length, 1)];
  if (step.do === "write") {
    const added = step.messages.map(({ conversation, direction, at: when }): Message => {
      const id = conversations[conversation]!;
      return {
        id: randomUUID(),
        conversation: id,
        customer: book.owner.get(id)!,
        direction,
        at: when,
        text: `said at ${when}`,
      };
    });
    book.messages.push(...added);
    await tx.raw`insert into messages ${tx.raw(
      added.map((message) => ({
        tenant_id: tenantId,
        id: message.id,
        conversation_id: message.conversation,
        customer_id: message.customer,
        channel_id: channel,
        channel_type: "sms",
        direction: message.direction,
        status: "received",
        text: message.text,
        occurred_at: instant(message.at),
      })),
    )}`;
  } else if (step.do === "read") {
    const id = conversations[step.conversation]!;
    await tx.raw`update messages set read = true where tenant_id = ${tenantId} and conversation_id = ${id}`;
  } else if (step.do === "edit") {
    const message = nth(book.messages, step.nth);
    if (!message) return;
    await tx.raw`update messages set occurred_at = ${instant(step.at)} where tenant_id = ${tenantId} and id = ${message.id}`;
  } else if (step.do === "fail") {
    const message = nth(book.messages, step.nth);
    if (!message) return;
    await tx.raw`update messages set status = ${step.failed ? "failed" : "sent"} where tenant_id = ${tenantId} and id = ${message.id}`;
  } else if (step.do === "remove") {
    const message = nth(book.messages, step.nth);
    if (!message) return;
    book.messages.splice(book.messages.indexOf(message), 1);
    await tx.raw`delete from messages where tenant_id = ${tenantId} and id = ${message.id}`;
  } else if (step.do === "move") {
    const id = conversations[step.conversation]!;
    const customer = customers[step.customer]!;
    book.owner.set(id, customer);
    await tx.raw`update conversations set customer_id = ${customer} where tenant_id = ${tenantId} and id = ${id}`;
    await tx.raw`update messages set customer_id = ${customer} where tenant_id = ${tenantId} and conversation_id = ${id}`;
  } else if (step.do === "order") {
    const order = randomUUID();
    book.orders.push(order);
    await tx.raw`insert into customer_activities (tenant_id, id, customer_id, type, amount_cents, occurred_at)
      values (${tenantId}, ${order}, ${customers[step.customer]!}, 'order', ${step.cents}, ${instant(step.at)})`;
  } else if (step.do === "unorder") {
    const order = nth(book.orders, step.nth);
    if (!order) return;
    book.orders.splice(book.orders.indexOf(order), 1);
    await tx.raw`delete from customer_activities where tenant_id = ${tenantId} and id = ${order}`;
  } else if (step.do === "ticket") {
    const ticket = randomUUID();
    book.tickets.push(ticket);
    const customer = step.customer === null ? null : customers[step.customer]!;
    await tx.raw`insert into tickets (tenant_id, id, number, subject, customer_id) values (${tenantId}, ${ticket}, ${book.tickets.length}, 'Help', ${customer})`;
  } else {
    const ticket = nth(book.tickets, step.nth);
    if (!ticket) return;
    const customer = step.customer === null ? null : customers[step.customer]!;
    await tx.raw`update tickets set customer_id = ${customer} where tenant_id = ${tenantId} and id = ${ticket}`;
  }
}

describe("statistics kept by the database", () => {
  test("equal a recount after any sequence of inserts, links, moves and deletes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const at = await scene();
        const book = new Book();
        for (const [index, id] of at.conversations.entries()) book.owner.set(id, at.customers[index]!);
        await withTenant(at, async (tx) => {
          for (const one of steps) await apply(tx, book, at, one);
          await tx.raw`insert into tenant_counters (tenant_id, name, value) values (${at.tenantId}, 'tickets', ${book.tickets.length})`;
          expect(await findDrift(tx.raw)).toEqual({});
        });
      }),
      { numRuns: 60 },
    );
  });

  test("primary identities are copied and searched, whatever the spelling", async () => {
    const at = await scene();
    const [customer] = at.customers;
    await withTenant(at, async (tx) => {
      await tx.raw`update customers set display_name = 'Zoé Lefèvre' where tenant_id = ${at.tenantId} and id = ${customer!}`;
      await tx.raw`insert into customer_identities (tenant_id, id, customer_id, kind, value, is_primary) values
        (${at.tenantId}, ${randomUUID()}, ${customer!}, 'phone', '+33612345678', true),
        (${at.tenantId}, ${randomUUID()}, ${customer!}, 'email', 'zoe@exemple.test', false)`;
      const [row] =
        await tx.raw`select email, phone from customers where tenant_id = ${at.tenantId} and id = ${customer!}`;
      expect({ ...row }).toEqual({ email: "zoe@exemple.test", phone: "+33612345678" });
      for (const query of ["zoe", "LEFEVRE zoé", "0612345", "33612345678", "exemple.test", "100%"]) {
        const found = await tx.raw`select id from door.search_customers(${query}, 10)`;
        expect([query, found.map((hit) => hit.id as string)]).toEqual([query, query === "100%" ? [] : [customer]]);
      }
      await tx.raw`delete from customer_identities where tenant_id = ${at.tenantId} and kind = 'phone'`;
      const [after] = await tx.raw`select phone from customers where tenant_id = ${at.tenantId} and id = ${customer!}`;
      expect(after?.phone).toBeNull();
    });
  });
});
