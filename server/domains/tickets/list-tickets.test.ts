import { expect, it } from "vitest";
import { createCustomer, createMember, createTenant, createTicket } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { scansOf } from "#db/testing-plans.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { changeTicket } from "./change-ticket.ts";
import { listTickets, type TicketRow } from "./list-tickets.ts";
import type { ListTicketsInput } from "./schemas.ts";
import { ticketSorts, ticketViews } from "./schemas.ts";

const database = await testDatabase();
const clock = fixedClock("2026-11-21T09:00:00Z");
const tenant = await createTenant();
const nadia = await createMember(tenant, "agent", { name: "Nadia", clock });
const paul = await createMember(tenant, "agent", { name: "Paul" });

/** Several thousand tickets in every status and priority, a hundred of each member's, and another tenant's beside them. */
const other = await createTenant();
const customer = await createCustomer(tenant, { displayName: "Sophie Martin" });
for (const { tenantId } of [tenant, other, await createTenant(), await createTenant()]) {
  await withTenant({ tenantId }, (tx) =>
    tx.raw.unsafe(
      `insert into tickets (tenant_id, id, number, subject, description, priority, status, assignee_id, customer_id, channel_type, created_at, updated_at, first_response_due_at, resolution_due_at)
       select $1, gen_random_uuid(), n, case when n % 500 = 0 then 'Lampe cassée ' else 'Question ' end || n, 'Bonjour ' || n,
         (array['low','medium','high','urgent'])[1 + n % 4],
         (array['open','in_progress','waiting_customer','resolved','closed'])[1 + n / 4 % 5],
         case when $2::uuid is null then null when n % 40 = 0 then $2::uuid when n % 40 < 30 then $3::uuid end, $4::uuid, (array['whatsapp','sms'])[1 + n % 2],
         now() - n * interval '1 minute', now() - (n * 7919 % 6000) * interval '1 minute',
         case when n / 4 % 5 < 2 and n % 3 = 0 then now() + (n * 7919 % 9000 - 100) * interval '1 minute' end,
         case when n / 4 % 5 < 2 and n % 2 = 0 then now() + (n * 4799 % 90000) * interval '1 minute' end
       from generate_series(1, 8000) n`,
      tenantId === tenant.tenantId
        ? [tenantId, nadia.userId, paul.userId, customer.customerId]
        : ([tenantId, null, null, null] as never[]),
    ),
  );
}
for (const table of ["tickets", "customers", "user_profiles"]) await database.owner.unsafe(`vacuum analyze ${table}`);

const list = (input: ListTicketsInput) => listTickets(nadia.ctx, input);
const everything = await withTenant(tenant, (tx) =>
  tx.raw.unsafe<Record<string, unknown>[]>("select *, number::int as number from tickets"),
);
const open = (row: Record<string, unknown>) =>
  ["open", "in_progress", "waiting_customer"].includes(String(row["status"]));

it("counts each view as a recount does, stopping past a thousand", async () => {
  const { counts } = await list({ view: "mine" });
  const recount = (keep: (row: Record<string, unknown>) => boolean) => Math.min(everything.filter(keep).length, 1001);
  expect(counts).toEqual({
    mine: recount((row) => open(row) && row["assignee_id"] === nadia.userId),
    unassigned: recount((row) => open(row) && row["assignee_id"] === null),
    urgent: recount((row) => open(row) && row["priority"] === "urgent"),
    breaching: recount((row) => Number(row["sla_sort_at"]) < Date.now() + 3_600_000),
    waiting: recount((row) => row["status"] === "waiting_customer"),
    watched: 0,
    open: 1001,
    all: 1001,
  });
});

it.each(ticketSorts.flatMap((sort) => (["asc", "desc"] as const).map((direction) => ({ sort, direction }))))(
  "pages by $sort $direction without losing or repeating a ticket, and back",
  async ({ sort, direction }) => {
    const pages: TicketRow[][] = [];
    let page = await list({ view: "mine", sort, direction });
    expect(page.previous).toBeNull();
    for (;;) {
      pages.push(page.rows);
      if (!page.next) break;
      page = await list({ view: "mine", sort, direction, after: page.next });
    }
    const seen = pages.flat();
    const mine = everything.filter((row) => open(row) && row["assignee_id"] === nadia.userId);
    expect(seen.map((row) => row.id).toSorted()).toEqual(mine.map((row) => String(row["id"])).toSorted());
    const rank = { low: 0, medium: 1, high: 2, urgent: 3 };
    const value = (row: TicketRow) =>
      Number(
        sort === "priority"
          ? rank[row.priority]
          : sort === "number"
            ? row.number
            : sort === "deadline"
              ? (row.slaDueAt ?? Infinity)
              : sort === "created"
                ? row.createdAt
                : row.updatedAt,
      );
    for (const [index, row] of seen.slice(1).entries()) {
      const [before, own] = [value(seen[index]!), value(row)];
      const step = before === own ? 0 : own - before;
      expect(direction === "asc" ? step : -step).toBeGreaterThanOrEqual(0);
    }
    const back: TicketRow[][] = [page.rows];
    while (page.previous) {
      page = await list({ view: "mine", sort, direction, before: page.previous });
      back.unshift(page.rows);
    }
    expect(back.map((rows) => rows.map((row) => row.id))).toEqual(pages.map((rows) => rows.map((row) => row.id)));
  },
);

it("narrows by status, priority, assignee, channel, number and words", async () => {
  const expectSame = async (input: ListTicketsInput, keep: (row: Record<string, unknown>) => boolean) => {
    const page = await list({ view: "all", ...input });
    const wanted = everything.filter(keep);
    expect(page.total).toBe(Math.min(wanted.length, 1001));
    expect(page.rows.length).toBe(Math.min(wanted.length, 50));
    expect(page.rows.every((row) => wanted.some((one) => one["id"] === row.id))).toBe(true);
  };
  await expectSame({ status: ["resolved"] }, (row) => row["status"] === "resolved");
  await expectSame(
    { status: ["resolved", "closed"], priority: ["urgent"] },
    (row) => !open(row) && row["priority"] === "urgent",
  );
  await expectSame({ assignee: "me" }, (row) => row["assignee_id"] === nadia.userId);
  await expectSame(
    { assignee: paul.userId, channel: "sms" },
    (row) => row["assignee_id"] === paul.userId && row["channel_type"] === "sms",
  );
  await expectSame({ assignee: "none" }, (row) => row["assignee_id"] === null);
  await expectSame({ search: "#1042" }, (row) => row["number"] === 1042);
  await expectSame({ search: "cassée lampe" }, (row) => String(row["subject"]).startsWith("Lampe"));
  await expectSame({ search: "100%" }, () => false);
});

it("names customer and assignee and shows the description until the customer has written", async () => {
  const { rows } = await list({ view: "mine" });
  expect(rows[0]).toMatchObject({ customerName: "Sophie Martin", assigneeName: "Nadia" });
  expect(rows[0]?.preview).toMatch(/^Bonjour/);
});

it("refuses a cursor of nobody's", async () => {
  for (const after of ["zzz", "MTI.not-an-id", ""])
    await expect(list({ after })).rejects.toMatchObject({ code: "invalid" });
});

it("counts anew right after a change made here", async () => {
  const shop = await createTenant();
  const agent = await createMember(shop, "agent", { clock });
  const { ticketId } = await createTicket(shop, { assigneeId: agent.userId, priority: "urgent" });
  expect((await listTickets(agent.ctx, { view: "mine" })).counts).toMatchObject({ mine: 1, urgent: 1 });
  await changeTicket(agent.ctx, { ticketId, status: "resolved" });
  expect((await listTickets(agent.ctx, { view: "mine" })).counts).toMatchObject({ mine: 0, urgent: 0, all: 1 });
  expect((await listTickets((await createMember(other)).ctx, { view: "mine" })).rows).toEqual([]);
});

it("asks once for a page, and not again for counts within five seconds", async () => {
  clock.advance(60_000);
  // Rows and counts; the member's columns, views and bulk change, kept as long.
  expect(await statementsOf(() => list({ view: "open" }))).toHaveLength(5);
  expect(await statementsOf(() => list({ view: "urgent" }))).toHaveLength(1);
  expect(await statementsOf(() => list({ view: "urgent", channel: "sms" }))).toHaveLength(2);
});

const expected: Record<(typeof ticketViews)[number], RegExp> = {
  mine: /tickets_queue_assignee/,
  unassigned: /tickets_queue_unassigned/,
  urgent: /tickets_queue_priority/,
  breaching: /tickets_queue_deadline/,
  waiting: /tickets_status/,
  watched: /ticket_watchers_member/,
  open: /tickets_queue /,
  all: /tickets_updated/,
};

it.each(ticketViews)("reads the view %s from its index alone", async (view) => {
  clock.advance(60_000);
  const queries = await statementsOf(async () => {
    // Who looks for what is late begins with the nearest deadline.
    const order: ListTicketsInput = view === "breaching" ? { sort: "deadline", direction: "asc" } : {};
    const first = await list({ view, ...order });
    if (first.next) await list({ view, ...order, after: first.next });
  });
  const plans = await withTenant(tenant, async (tx) => {
    const all: string[] = [];
    for (const { query, parameters } of queries.filter(({ query }) => query.includes("from tickets"))) {
      const plan = await tx.raw.unsafe(`explain ${query}`, parameters as never[]);
      all.push(plan.map((line) => String(line["QUERY PLAN"])).join("\n"));
    }
    return all;
  });
  for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on tickets/);
  const pages = plans.filter((plan) => plan.includes("user_profiles"));
  expect(pages.length).toBeGreaterThan(0);
  for (const plan of pages) {
    expect(plan).toMatch(expected[view]);
    // Sorting the fifty joined rows again is nothing; sorting to find them would be.
    if (view !== "watched") expect(plan).not.toMatch(/Limit[^]*Sort/);
  }
});

it.each(["open", "all"] as const)("sorts the view %s by the nearest deadline from an index", async (view) => {
  clock.advance(60_000);
  const asked = await statementsOf(() => list({ view, sort: "deadline", direction: "asc" }));
  const page = asked.find(({ query }) => query.includes(`"slaTarget"`));
  for (const mode of ["custom", "generic"] as const) {
    const found = (await scansOf(tenant, page!, mode)).filter(({ table }) => table === "tickets");
    expect(found.map(({ index }) => index)).toEqual([view === "open" ? "tickets_queue_deadline" : "tickets_deadline"]);
    expect(found[0]!.rows).toBeLessThan(200);
  }
});

it("names the nearest promise that runs, and that it rests", async () => {
  const { rows } = await list({ view: "breaching", sort: "deadline", direction: "asc" });
  for (const row of rows) {
    const kept = everything.find((one) => one["id"] === row.id)!;
    const dues = [kept["first_response_due_at"], kept["resolution_due_at"]].flatMap((due) =>
      due ? [Number(due)] : [],
    );
    expect(row.slaDueAt?.getTime()).toBe(Math.min(...dues));
    expect(row.slaTarget).toBe(
      Number(kept["first_response_due_at"] ?? Infinity) === Math.min(...dues) ? "first_response" : "resolution",
    );
  }
});
