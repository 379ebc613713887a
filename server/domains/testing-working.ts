import { openTicketStatuses, ticketPriorities, ticketStatuses } from "#db/schema/tickets.ts";
import type { Ctx } from "#server/core/context.ts";
import { addTicketNote } from "#server/domains/tickets/add-ticket-note.ts";
import { assignTicketTeam } from "#server/domains/tickets/assign-ticket-team.ts";
import { assignTicket } from "#server/domains/tickets/assign-ticket.ts";
import { changeTicket } from "#server/domains/tickets/change-ticket.ts";
import { bulkJob } from "#server/domains/tickets/jobs.ts";
import { mergeTicket, undoMerge } from "#server/domains/tickets/merge-tickets.ts";
import { openTicket } from "#server/domains/tickets/open-ticket.ts";
import { closeTicket, reopenTicket, resolveTicket } from "#server/domains/tickets/resolve-ticket.ts";
import { setParent } from "#server/domains/tickets/set-parent.ts";
import { splitTicket } from "#server/domains/tickets/split-ticket.ts";
import { startBulk } from "#server/domains/tickets/start-bulk.ts";
import { undoBulk } from "#server/domains/tickets/undo-bulk.ts";
import { unwatchTicket, watchTicket } from "#server/domains/tickets/watch-ticket.ts";
import type { BulkChange } from "#server/domains/tickets/schemas.ts";
import type { Business } from "./testing-business.ts";
import { nth } from "./testing-business.ts";
import type { Command, Pick } from "./testing-commands.ts";

/** Lets a command be about the ticket that is picked. */
const about =
  (does: (business: Business, ticketId: string, pick: Pick, ctx: Ctx) => Promise<unknown>): Command =>
  async (business, pick, ctx) => {
    const ticket = await nth(business, "tickets", pick.a);
    if (ticket) await does(business, ticket.id, pick, ctx);
  };

const of = <T>(list: readonly T[], place: number): T => list[place % list.length]!;

/** What is done to many at once: one thing or several. */
function changeOf({ members, teams, categoryId }: Business, { a, b, flag }: Pick): BulkChange {
  const changes: BulkChange[] = [
    { status: of(ticketStatuses, b) },
    { status: flag ? "resolved" : "closed", priority: of(ticketPriorities, b) },
    { assigneeId: flag ? members[b % 2]!.userId : null },
    { teamId: of(teams, b), ...(flag ? { priority: of(ticketPriorities, a) } : {}) },
    { categoryId: flag ? categoryId : null, status: of(ticketStatuses, b) },
    { teamId: of(teams, b), assigneeId: members[b % 2]!.userId },
  ];
  return of(changes, a);
}

/** Works off what a job would. */
async function workOff({ tenant, clock }: Business, bulkId: string): Promise<void> {
  await bulkJob.run({ tenantId: tenant.tenantId, bulkId }, { clock, signal: new AbortController().signal });
}

/** What members do with tickets. */
export const working: Record<string, Command> = {
  openTicket: async (business, { a, b, flag }, ctx) => {
    const conversation = flag ? await nth(business, "conversations", a) : null;
    const priority = of(ticketPriorities, b);
    const teamId = of(business.teams, a);
    await openTicket(ctx, {
      subject: "Lampe",
      source: "manual",
      priority,
      channelType: "sms",
      ...(conversation ? { conversationId: conversation.id } : {}),
      ...(teamId ? { teamId } : {}),
    });
  },
  ticketStatus: about((_business, ticketId, { b }, ctx) =>
    changeTicket(ctx, { ticketId, status: of(ticketStatuses, b) }),
  ),
  ticketPriority: about((_business, ticketId, { b }, ctx) =>
    changeTicket(ctx, { ticketId, priority: of(ticketPriorities, b) }),
  ),
  waitForCustomer: about((_business, ticketId, _pick, ctx) =>
    changeTicket(ctx, { ticketId, status: "waiting_customer" }),
  ),
  resolveTicket: about((_business, ticketId, { flag }, ctx) => resolveTicket(ctx, { ticketId, children: flag })),
  closeTicket: about((_business, ticketId, _pick, ctx) => closeTicket(ctx, { ticketId })),
  reopenTicket: about((_business, ticketId, _pick, ctx) => reopenTicket(ctx, { ticketId })),
  giveTicket: about(({ members }, ticketId, { b, flag }, ctx) =>
    assignTicket(ctx, { ticketId, assigneeId: flag ? members[b % 2]!.userId : null }),
  ),
  giveTicketToTeam: about(({ teams }, ticketId, { b }, ctx) =>
    assignTicketTeam(ctx, { ticketId, teamId: of(teams, b) }),
  ),
  watch: about((_business, ticketId, { flag }, ctx) => (flag ? watchTicket : unwatchTicket)(ctx, { ticketId })),
  merge: about(async (business, ticketId, { b }, ctx) => {
    const into = await nth(business, "tickets", b);
    if (into) await mergeTicket(ctx, { ticketId, into: into.number });
  }),
  unmerge: about((_business, ticketId, _pick, ctx) => undoMerge(ctx, { ticketId })),
  parent: about(async (business, ticketId, { b, flag }, ctx) => {
    const parent = flag ? await nth(business, "tickets", b) : null;
    await setParent(ctx, { ticketId, parent: parent?.number ?? null });
  }),
  split: about(async (_business, ticketId, _pick, ctx) => {
    const { noteId } = await addTicketNote(ctx, { ticketId, text: "Autre chose" });
    await splitTicket(ctx, { ticketId, from: { kind: "note", id: noteId }, subject: "À part" });
  }),
  bulk: async (business, pick, ctx) => {
    const ids = [(await nth(business, "tickets", pick.a))?.id, (await nth(business, "tickets", pick.b))?.id];
    const chosen = [...new Set(ids.filter((id) => id !== undefined))];
    const matching = { view: "all" as const, status: [of(openTicketStatuses, pick.b)] };
    const target = pick.flag && chosen.length > 0 ? { ids: chosen } : matching;
    const { id } = await startBulk(ctx, { target, change: changeOf(business, pick) });
    business.bulks.push({ id, ctx });
    await workOff(business, id);
    // Many think better of it soon.
    if (pick.b % 2 === 1) return;
    business.clock.advance(60_000);
    await working["undoBulk"]!(business, { ...pick, a: 0 }, ctx);
  },
  // By whoever did it, mostly the last one.
  undoBulk: async (business, { a }) => {
    const done = business.bulks.at(-1 - a);
    if (!done) return;
    const { id } = await undoBulk(done.ctx, { bulkId: done.id });
    await workOff(business, id);
  },
};
