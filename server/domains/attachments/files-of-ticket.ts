import { and, eq, sql, type SQL } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { ticketEvents } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { Attachment } from "./attachment.ts";
import { attachmentColumns, shown } from "./attachment.ts";

/** A file of a note, and the note that it is of. */
export type NoteFile = Attachment & { noteId: string };

/** The files of notes on tickets, in their order; `ticketIds` is a subquery. One statement. */
export async function filesOfTicket(ctx: Ctx, ticketIds: SQL): Promise<NoteFile[]> {
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select({ ...attachmentColumns, noteId: ticketEvents.id })
      .from(attachments)
      .innerJoin(
        ticketEvents,
        and(eq(ticketEvents.tenantId, attachments.tenantId), eq(ticketEvents.id, attachments.ticketEventId)),
      )
      .where(and(eq(ticketEvents.tenantId, ctx.tenantId), sql`${ticketEvents.ticketId} in (${ticketIds})`))
      .orderBy(attachments.ticketEventId, attachments.position, attachments.id),
  );
  return rows.map(({ noteId, ...row }) => ({ ...shown(row), noteId }));
}
