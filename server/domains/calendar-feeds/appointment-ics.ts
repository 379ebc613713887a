import { withTenant } from "#db/tenant.ts";
import { publicOrigin } from "#server/core/config.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { AppointmentEntry } from "./appointment-entries.ts";
import { readEntries } from "./appointment-entries.ts";
import type { CalendarFile } from "./schemas.ts";
import type { CalendarEntry } from "./write-calendar.ts";
import { ownUids, writeCalendar } from "./write-calendar.ts";

const words = {
  fr: { file: "rendez-vous", with: "Avec", manage: "Déplacer ou annuler :" },
  en: { file: "appointment", with: "With", manage: "Move or cancel:" },
} as const;

export type CalendarLanguage = keyof typeof words;

/** Whose calendar it is for, and what may stand in it. */
export type CalendarReader =
  /** The customer: the business and the member are named, and where to move or cancel it. */
  | { reader: "customer"; language: CalendarLanguage; manageLink: string | null }
  /** A member: the customer is named. */
  | { reader: "member"; language: CalendarLanguage };

/**
 * One appointment as a file for a calendar program, `text/calendar; charset=utf-8`. The file of a later state replaces that of an
 * earlier one: its UID stays when it is moved, its SEQUENCE rises, and a cancelled one says so. `not_found` for one
 * that is held, that another took the place of, or that is another tenant's.
 */
export async function appointmentIcs(
  ctx: Ctx,
  { appointmentId, ...reader }: { appointmentId: string } & CalendarReader,
): Promise<CalendarFile> {
  const [found] = await withTenant(ctx, (tx) =>
    readEntries(tx, "id = $2::uuid and status <> 'rescheduled'", appointmentId),
  );
  if (!found) throw notFound();
  const day = found.startsAt.toISOString().slice(0, 10);
  return {
    fileName: `${words[reader.language].file}-${day}.ics`,
    text: writeCalendar([reader.reader === "customer" ? forCustomer(found, reader) : forMember(found, true)]),
  };
}

function forCustomer(
  found: AppointmentEntry,
  { language, manageLink }: Extract<CalendarReader, { reader: "customer" }>,
): CalendarEntry {
  const { with: by, manage } = words[language];
  return {
    ...common(found),
    title: `${found.serviceName} · ${found.business}`,
    description: [`${by} ${found.userName}`, ...(manageLink ? [`${manage} ${manageLink}`] : [])].join("\n"),
    link: manageLink,
  };
}

/** As a member's own calendar shows it: whom it is with only where that is wanted. */
export function forMember(found: AppointmentEntry, namesCustomer: boolean): CalendarEntry {
  return {
    ...common(found),
    title: namesCustomer ? `${found.serviceName} · ${found.customerName}` : found.serviceName,
    description: namesCustomer ? (found.customerPhone ?? "") : "",
    link: `${publicOrigin()}/t/${found.slug}/appointments/${found.id}`,
  };
}

function common({ rootId, sequence, startsAt, endsAt, createdAt, updatedAt, status, location }: AppointmentEntry) {
  return {
    uid: rootId + ownUids,
    sequence,
    startsAt,
    endsAt,
    createdAt,
    changedAt: updatedAt,
    isCancelled: status === "cancelled",
    location,
  };
}
