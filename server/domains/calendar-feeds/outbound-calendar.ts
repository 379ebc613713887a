import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import type { OutboundFile } from "#server/providers/contract.ts";
import type { CalendarLanguage } from "./appointment-ics.ts";
import { appointmentIcs } from "./appointment-ics.ts";

/**
 * An appointment as it stands now, as a mail takes it along for its customer's calendar. The mail's words hold the
 * link to move or cancel it. Nothing for one that is gone, or that another took the place of.
 */
export async function outboundCalendar(
  ctx: Ctx,
  { appointmentId, language }: { appointmentId: string; language: CalendarLanguage },
): Promise<OutboundFile[]> {
  try {
    const file = await appointmentIcs(ctx, { appointmentId, reader: "customer", language, manageLink: null });
    const bytes = new TextEncoder().encode(file.text);
    const read = async () => bytes;
    const { fileName } = file;
    // Mails are given bytes: nobody fetches this file.
    return [{ kind: "document", fileName, mimeType: "text/calendar", bytes: bytes.byteLength, url: "", read }];
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return [];
    throw error;
  }
}
