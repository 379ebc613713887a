import { expect } from "vitest";
import { findDrift } from "#db/testing-recount.ts";
import { conversations } from "#db/schema/conversations.ts";
import { messages } from "#db/schema/messages.ts";
import { withTenant } from "#db/tenant.ts";
import { readStanding } from "#server/domains/assignment/read-standing.ts";
import type { Minute } from "#server/domains/channels/testing-hours.ts";
import { countConversations, forgetConversationCounts } from "#server/domains/conversations/count-conversations.ts";
import { listConversations } from "#server/domains/conversations/list-conversations.ts";
import { conversationViews } from "#server/domains/conversations/schemas.ts";
import { countOpenWork } from "#server/domains/members/count-open-work.ts";
import { promisesOf, recountPromises } from "#server/domains/sla/testing-recount.ts";
import { listTickets } from "#server/domains/tickets/list-tickets.ts";
import type { TicketBook } from "#server/domains/tickets/testing-recount.ts";
import {
  readTicketBook,
  recountStanding,
  recountViews,
  saidTo,
  standingOf,
} from "#server/domains/tickets/testing-recount.ts";
import type { Business } from "./testing-business.ts";

type Talk = typeof conversations.$inferSelect;
type Message = typeof messages.$inferSelect;

/** Every kept or counted number of a business is what the rows say that it follows from. */
export async function expectRecounted(business: Business, minutes: readonly Minute[]): Promise<void> {
  const { tenant } = business;
  const { drift, book, talks, said } = await withTenant(tenant, async (tx) => ({
    drift: await findDrift(tx.raw),
    book: await readTicketBook(tx),
    talks: await tx.select().from(conversations).orderBy(conversations.id),
    said: await tx.select().from(messages).orderBy(messages.createdAt, messages.id),
  }));
  expect(drift).toEqual({});
  expectTickets(business, book, said, minutes);
  await expectQueue(business, book);
  await expectInbox(business, talks, said);
  await expectLoads(business, book, talks);
}

/** Where tickets stand follows from their timelines; their deadlines from those and from what was said. */
function expectTickets(
  { policies, calendars }: Business,
  book: TicketBook,
  said: readonly Message[],
  minutes: readonly Minute[],
) {
  const words = said.flatMap(wordsOf);
  for (const row of book.rows) {
    const shown = standingOf(book, row);
    expect([row.number, shown]).toEqual([row.number, { ...shown, ...recountStanding(book, row) }]);
    const history = {
      row,
      events: book.events.get(row.id) ?? [],
      said: saidTo(book, row, words),
      policies,
      calendars,
      minutes,
    };
    expect([row.number, promisesOf(history)]).toEqual([row.number, recountPromises(history)]);
  }
}

interface Words {
  conversationId: string;
  at: number;
  from: "customer" | "member";
}

/** What tickets hear of a message: not what makes no noise, nor what leaves a second time. */
function wordsOf({ conversationId, direction, authorId, data, idempotencyKey, createdAt }: Message): Words[] {
  const at = createdAt.getTime();
  if (direction === "in") return data?.["quiet"] ? [] : [{ conversationId, at, from: "customer" }];
  const isAnswer = direction === "out" && authorId !== null && !idempotencyKey?.startsWith("retry:");
  return isAnswer ? [{ conversationId, at, from: "member" }] : [];
}

/** Counts of the queue's views, built in and saved, for each of the members. */
async function expectQueue({ members }: Business, book: TicketBook): Promise<void> {
  for (const { ctx, userId } of members) {
    const { counts, frame } = await listTickets(ctx, { view: "all" });
    expect(counts).toEqual(recountViews(book, userId, Date.now()));
    const shown = frame.views.map(({ name, count }) => [name, count]).toSorted();
    const open = book.rows.filter(({ status }) => status !== "resolved" && status !== "closed");
    const urgent = open.filter((one) => one.assigneeId === userId && ["high", "urgent"].includes(one.priority));
    const done = book.rows.filter((one) => !open.includes(one) && one.channelType === "sms");
    const expected = [
      ["Finis par SMS", done.length],
      ["Urgents à moi", urgent.length],
    ];
    expect(shown).toEqual(userId === members[0]!.userId ? expected : []);
  }
}

/** The inbox: what stands in each view, its counts, and until when each may be answered. */
async function expectInbox(
  { members, clock }: Business,
  talks: readonly Talk[],
  said: readonly Message[],
): Promise<void> {
  const { ctx, userId } = members[0]!;
  forgetConversationCounts(ctx.tenantId);
  const open = talks.filter(({ status, archived }) => status === "open" && !archived);
  expect(await countConversations(ctx)).toEqual({
    mine: open.filter(({ assigneeId }) => assigneeId === userId).length,
    unassigned: open.filter(({ assigneeId }) => assigneeId === null).length,
    open: open.length,
  });
  const seen = new Set<string>();
  for (const view of conversationViews) {
    const { rows, views } = await listConversations(ctx, { view });
    for (const row of rows) {
      seen.add(row.id);
      const heard = said.filter(({ conversationId, direction }) => conversationId === row.id && direction === "in");
      const latest = Math.max(0, ...heard.map(({ occurredAt }) => occurredAt.getTime()));
      expect(row.windowEndsAt?.getTime() ?? null).toBe(row.channel.type === "whatsapp" ? latest + 86_400_000 : null);
    }
    const waiting = clock.now().getTime() - 3_600_000;
    expect(views.map(({ name, count }) => [name, count]).toSorted()).toEqual([
      [
        "Attendent depuis une heure",
        open.filter((one) => one.waitingSince && one.waitingSince.getTime() <= waiting).length,
      ],
      ["Non lus", open.filter(({ unreadCount }) => unreadCount > 0).length],
    ]);
  }
  // What goes on in another stands in no list.
  expect(seen.size).toBe(talks.filter(({ status }) => status !== "merged").length);
}

/** What each member has to see to, as rules that give work compare it and as settings show it. */
async function expectLoads({ members, edge }: Business, book: TicketBook, talks: readonly Talk[]): Promise<void> {
  const open = talks.filter(({ status, archived }) => status === "open" && !archived);
  const work = book.rows.filter(({ status }) => ["open", "in_progress", "waiting_customer"].includes(status));
  for (const { ctx, userId } of members) {
    const own = open.filter(({ assigneeId }) => assigneeId === userId);
    const tickets = work.filter(({ assigneeId }) => assigneeId === userId);
    expect(await countOpenWork(ctx, { userId })).toEqual({ conversations: own.length, tickets: tickets.length });
    const [piece] = own;
    if (!piece) continue;
    const { people } = await readStanding(edge, [piece.id], []);
    const talked = new Set(
      talks.filter(({ id, threadId }) => own.some((one) => one.id === (threadId ?? id))).map(({ id }) => id),
    );
    const beside = tickets.filter((one) => one.status !== "waiting_customer" && !talked.has(one.conversationId ?? ""));
    expect(people.find((one) => one.userId === userId)?.load).toBe(own.length + beside.length);
  }
}
