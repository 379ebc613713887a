import { csvCell } from "#app/shell/csv.ts";

import { localOf } from "../tickets/due-time.ts";
import type { AppointmentRow } from "./data.ts";

const columns = ["starts", "ends", "timezone", "customer", "service", "member", "status"] as const;

/** A mark for spreadsheets that the file is UTF-8, then the names of the columns (RFC 4180). */
export const csvHead = `\uFEFF${columns.join(",")}\r\n`;

/** A line of the file: what the list shows, with times by the clock of the business. */
export function csvLine(row: AppointmentRow, timeZone: string): string {
  const values: Record<(typeof columns)[number], string> = {
    starts: localOf(row.startsAt, timeZone),
    ends: localOf(row.endsAt, timeZone),
    timezone: timeZone,
    customer: row.customerName,
    service: row.serviceName,
    member: row.userName,
    status: row.status,
  };
  return `${columns.map((column) => csvCell(values[column])).join(",")}\r\n`;
}
