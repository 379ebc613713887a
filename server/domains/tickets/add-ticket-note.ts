import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { linkNoteUploads } from "#server/domains/attachments/index.ts";
import { alterTickets } from "./alter-tickets.ts";
import type { AddTicketNoteInput } from "./schemas.ts";
import { addTicketNoteInput } from "./schemas.ts";

/** Writes a note that only members see, with files where some go along. Answers the note's id. */
export async function addTicketNote(ctx: Ctx, input: AddTicketNoteInput): Promise<{ noteId: string }> {
  const { ticketId, text, attachmentIds } = addTicketNoteInput.parse(input);
  const noteId = newId();
  await withTenant(ctx, async (tx) => {
    const event = { id: noteId, type: "note", data: { text } };
    await alterTickets({ ...ctx, tx }, [ticketId], () => ({ set: {}, events: [event] }));
    if (attachmentIds.length > 0) await linkNoteUploads({ ...ctx, tx }, { noteId, attachmentIds });
  });
  return { noteId };
}
