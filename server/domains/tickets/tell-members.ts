import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { Told } from "#server/domains/notifications/index.ts";
import { notify, notifyMentions } from "#server/domains/notifications/index.ts";
import type { TicketEvent } from "./alter-tickets.ts";
import { listWatchers } from "./watch-ticket.ts";

/** Tells members what happened to tickets: who was given one, who is called in a note, and who watches it. */
export async function tellMembers(ctx: Ctx, tx: TenantTx, all: readonly TicketEvent[]): Promise<void> {
  const inner = { ...ctx, tx };
  // A change of thousands is told by the queue: it would bury what else there is to hear of.
  const events = all.filter(({ data }) => data["quiet"] !== true);
  if (events.length === 0) return;
  const given = events.flatMap(({ ticket, type, data }): Told[] =>
    type === "assignee" && typeof data["to"] === "string"
      ? [{ userId: data["to"], kind: "assigned", subject: "ticket", subjectId: ticket.id }]
      : [],
  );
  for (const { ticket, type, data } of events) {
    if (type !== "note" || typeof data["text"] !== "string") continue;
    await notifyMentions(inner, { text: data["text"], subject: "ticket", subjectId: ticket.id });
  }
  const watched = await listWatchers(inner, [...new Set(events.map(({ ticket }) => ticket.id))]);
  const isGiven = new Set(given.map(({ userId, subjectId }) => `${userId} ${subjectId}`));
  const changed = watched
    .filter(({ userId, ticketId }) => !isGiven.has(`${userId} ${ticketId}`))
    .map(({ userId, ticketId }): Told => ({ userId, kind: "ticket_changed", subject: "ticket", subjectId: ticketId }));
  await notify(inner, [...given, ...changed]);
}
