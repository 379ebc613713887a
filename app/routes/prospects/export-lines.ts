import { csvCell } from "#app/shell/csv.ts";

import { localOf } from "../tickets/due-time.ts";
import type { ProspectRow } from "./data.ts";

const columns = [
  "customer",
  "interest",
  "property_type",
  "place",
  "status",
  "score",
  "budget_min",
  "budget_max",
  "currency",
  "next_follow_up",
  "owner",
  "source",
  "received",
  "timezone",
] as const;

/** A mark for spreadsheets that the file is UTF-8, then the names of the columns (RFC 4180). */
export const csvHead = `\uFEFF${columns.join(",")}\r\n`;

const units = (cents: number | null) => (cents === null ? "" : (cents / 100).toFixed(2));

/** A line of the file: what the list shows, with times by the clock of the business and budgets in units of their currency. */
export function csvLine(row: ProspectRow, timeZone: string): string {
  const values: Record<(typeof columns)[number], string> = {
    customer: row.customerName,
    interest: row.interest,
    property_type: row.propertyType,
    place: row.place,
    status: row.status,
    score: String(row.score),
    budget_min: units(row.budgetMinCents),
    budget_max: units(row.budgetMaxCents),
    currency: row.currency,
    next_follow_up: row.nextFollowUpAt ? localOf(row.nextFollowUpAt, timeZone) : "",
    owner: row.ownerName ?? "",
    source: row.source,
    received: localOf(row.createdAt, timeZone),
    timezone: timeZone,
  };
  return `${columns.map((column) => csvCell(values[column])).join(",")}\r\n`;
}
