import { expect, it } from "vitest";
import { createMember, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { scansOf } from "#db/testing-plans.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { boardTickets } from "./board-tickets.ts";
import { listTickets, ticketsPerPage } from "./list-tickets.ts";
import { ticketSorts, ticketViews } from "./schemas.ts";
import { addTickets } from "./testing-queue.ts";

const database = await testDatabase();
const clock = fixedClock("2026-11-21T09:00:00Z");
const tenant = await createTenant();
const nadia = await createMember(tenant, "agent", { clock });
await addTickets({ ...tenant, members: [nadia.userId] }, 12_000);
for (const small of [await createTenant(), await createTenant()]) await addTickets(small, 500);
// What is done is older than what is open, as it is where people work: a walk from the old end meets nothing open.
await withTenant(tenant, (tx) =>
  tx.raw.unsafe(
    "update tickets set created_at = created_at - interval '1 year', number = number + 100000 where status not in ('resolved', 'closed')",
  ),
);
await database.owner.unsafe("vacuum analyze tickets");

/** Tickets that a page's statement looks at, as guichet_app, planned for these values and once for all. */
async function looked(input: Parameters<typeof listTickets>[1]): Promise<number[]> {
  const [page] = (await statementsOf(() => listTickets(nadia.ctx, input))).filter(({ query }) =>
    query.includes("left(description"),
  );
  return Promise.all(
    (["custom", "generic"] as const).map(async (mode) => {
      const scans = (await scansOf(tenant, page!, mode)).filter(({ table }) => table === "tickets");
      expect(scans.map(({ node }) => node)).not.toContain("Seq Scan");
      return scans.reduce((rows, scan) => rows + scan.rows, 0);
    }),
  );
}

const orders = ticketViews.flatMap((view) =>
  ticketSorts.flatMap((sort) => (["asc", "desc"] as const).map((direction) => ({ view, sort, direction }))),
);

it.each(orders)(
  "reads $view by $sort $direction without a look at the whole table, a far page no dearer than the first",
  async (order) => {
    const [held] = await withTenant(tenant, (tx) =>
      tx.raw.unsafe<{ open: number }[]>(
        "select count(*)::int as open from tickets where status in ('open', 'in_progress', 'waiting_customer')",
      ),
    );
    const first = await looked(order);
    let page = await listTickets(nadia.ctx, order);
    for (let turned = 0; turned < 12 && page.next; turned++)
      page = await listTickets(nadia.ctx, { ...order, after: page.next });
    // All that is open is the most that sorting a view may look at; by what it is kept in order of, a page is read from its index.
    expect(Math.max(...first)).toBeLessThanOrEqual(order.view === "all" ? 4 * ticketsPerPage : held!.open);
    if (order.sort === "updated" && order.view !== "watched" && order.view !== "breaching")
      expect(Math.max(...first)).toBeLessThanOrEqual(ticketsPerPage + 1);
    if (order.view === "open") expect(Math.max(...first)).toBeLessThanOrEqual(2 * ticketsPerPage);
    if (page.next) {
      const far = await looked({ ...order, after: page.next });
      for (const [mode, rows] of far.entries())
        // One ticket in four or five is urgent or nobody's: in another order than its index has, a page is found among four or five times as many.
        expect(rows).toBeLessThanOrEqual(Math.max(first[mode]! * 1.1, 5 * (ticketsPerPage + 1)));
    }
  },
);

it.each(ticketViews)("reads each column of the board of %s from an index", async (view) => {
  const statements = await statementsOf(() => boardTickets(nadia.ctx, { view }));
  const columns = statements.filter(({ query }) => query.includes("left(description"));
  expect(columns.length).toBe(view === "waiting" ? 1 : 5);
  for (const column of columns) {
    for (const mode of ["custom", "generic"] as const) {
      const scans = (await scansOf(tenant, column, mode)).filter(({ table }) => table === "tickets");
      expect(scans.map(({ node }) => node)).not.toContain("Seq Scan");
    }
  }
});
