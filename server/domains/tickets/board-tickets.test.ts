import { expect, it } from "vitest";
import { createMember, createTenant, createTicket } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { boardTickets, cardsPerColumn } from "./board-tickets.ts";
import { exportTickets, ticketsPerExport } from "./export-tickets.ts";
import { listTickets } from "./list-tickets.ts";
import { nextTicket } from "./next-ticket.ts";
import { resolveTicket } from "./resolve-ticket.ts";
import { addTickets } from "./testing-queue.ts";

await testDatabase();
const clock = fixedClock(new Date().toISOString());
const tenant = await createTenant();
const nadia = await createMember(tenant, "agent", { clock });
await addTickets({ ...tenant, members: [nadia.userId] }, 2_400);
const stranger = await createMember(await createTenant(), "owner", { clock });

const ids = async (condition: string) =>
  (
    await withTenant(tenant, (tx) =>
      tx.raw.unsafe<{ id: string }[]>(`select id from tickets where ${condition} order by updated_at desc, id desc`),
    )
  ).map(({ id }) => id);
const lately = "updated_at > now() - interval '7 days'";

it("shows a view by status with counts, and pages each column to its end", async () => {
  const { columns } = await boardTickets(nadia.ctx, { view: "mine", channel: "sms" });
  expect(columns.map(({ status }) => status)).toEqual([
    "open",
    "in_progress",
    "waiting_customer",
    "resolved",
    "closed",
  ]);
  for (const column of columns) {
    const isDone = column.status === "resolved" || column.status === "closed";
    const wanted = await ids(
      `status = '${column.status}' and assignee_id = '${nadia.userId}' and channel_type = 'sms' ${isDone ? `and ${lately}` : ""}`,
    );
    const seen = column.cards.map(({ id }) => id);
    expect([seen.length, column.total]).toEqual([Math.min(wanted.length, cardsPerColumn), wanted.length]);
    for (let { next } = column; next;) {
      const more = await boardTickets(nadia.ctx, { view: "mine", channel: "sms", column: column.status, after: next });
      expect(more.columns.map(({ status }) => status)).toEqual([column.status]);
      seen.push(...more.columns[0]!.cards.map(({ id }) => id));
      next = more.columns[0]!.next;
    }
    expect(seen).toEqual(wanted);
  }
});

it("shows the statuses that are asked for, and one of who waits", async () => {
  const shown = async (input: Parameters<typeof boardTickets>[1]) =>
    (await boardTickets(nadia.ctx, input)).columns.map(({ status }) => status);
  expect(await shown({ view: "all", status: ["resolved", "open"] })).toEqual(["open", "resolved"]);
  expect(await shown({ view: "waiting" })).toEqual(["waiting_customer"]);
  expect((await boardTickets(stranger.ctx, { view: "all" })).columns.every(({ cards }) => cards.length === 0)).toBe(
    true,
  );
  await expect(boardTickets(nadia.ctx, { column: "open", after: "zzz" })).rejects.toMatchObject({ code: "invalid" });
});

it("exports what the list shows, in its order, page by page", async () => {
  const order = { view: "all", sort: "priority", direction: "asc", channel: "whatsapp" } as const;
  const exported: string[] = [];
  let page = await exportTickets(nadia.ctx, order);
  expect(page.rows).toHaveLength(ticketsPerExport);
  for (;;) {
    exported.push(...page.rows.map(({ id }) => id));
    if (!page.next) break;
    page = await exportTickets(nadia.ctx, { ...order, after: page.next });
  }
  const listed: string[] = [];
  let shown = await listTickets(nadia.ctx, order);
  for (;;) {
    listed.push(...shown.rows.map(({ id }) => id));
    if (!shown.next) break;
    shown = await listTickets(nadia.ctx, { ...order, after: shown.next });
  }
  expect(exported).toEqual(listed);
  expect(exported).toHaveLength(1_200);
  expect((await exportTickets(stranger.ctx, { view: "all" })).rows).toEqual([]);
});

it("goes through a queue in its own order, resolved one after the other, and begins it again at its end", async () => {
  const shop = await createTenant();
  const agent = await createMember(shop, "agent", { clock });
  const made = [];
  for (const [priority, status] of [
    ["low", "open"],
    ["urgent", "open"],
    ["high", "resolved"],
    ["high", "waiting_customer"],
    ["medium", "open"],
  ] as const)
    made.push(await createTicket(shop, { priority, status, assigneeId: agent.userId }));
  const [low, urgent, , high, medium] = made;
  const queue = { view: "all", sort: "priority", direction: "desc" } as const;
  const walk: number[] = [];
  let at = high!;
  for (;;) {
    const next = await nextTicket(agent.ctx, { after: at.number, queue });
    await resolveTicket(agent.ctx, { ticketId: at.ticketId });
    if (!next) break;
    walk.push(next.number);
    at = made.find(({ number }) => number === next.number)!;
  }
  expect(walk).toEqual([medium!.number, low!.number, urgent!.number]);
  expect(await nextTicket(stranger.ctx, { after: 1, queue })).toBeNull();
});
