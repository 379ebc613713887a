import type { Ctx } from "#server/core/context.ts";
import { alterTickets } from "./alter-tickets.ts";
import type { AddTicketNoteInput } from "./schemas.ts";
import { addTicketNoteInput } from "./schemas.ts";

/** Writes a note that only members see. */
export async function addTicketNote(ctx: Ctx, input: AddTicketNoteInput): Promise<void> {
  const { ticketId, text } = addTicketNoteInput.parse(input);
  await alterTickets(ctx, [ticketId], () => ({ set: {}, events: [{ type: "note", data: { text } }] }));
}
