import type { inferRouterOutputs } from "@trpc/server";

import { csvCell } from "#app/shell/csv.ts";
import type { AppRouter } from "#server/trpc/root.ts";

import type { Column } from "./queue-address.ts";

type Exported = inferRouterOutputs<AppRouter>["tickets"]["export"]["rows"][number];

const values: Record<Column, (row: Exported) => string | null> = {
  customer: (row) => row.customerName,
  channel: (row) => row.channelType,
  status: (row) => row.status,
  priority: (row) => row.priority,
  deadline: (row) => row.slaDueAt?.toISOString() ?? null,
  due: (row) => row.dueAt?.toISOString() ?? null,
  assignee: (row) => row.assigneeName,
  updated: (row) => row.updatedAt.toISOString(),
  created: (row) => row.createdAt.toISOString(),
};

/** A mark for spreadsheets that the file is UTF-8, then the names of the columns (RFC 4180). */
export function csvHead(columns: readonly Column[]): string {
  return `\uFEFF${["number", "subject", ...columns].join(",")}\r\n`;
}

export function csvLine(row: Exported, columns: readonly Column[]): string {
  return `${[row.number, row.subject, ...columns.map((column) => values[column](row))].map(csvCell).join(",")}\r\n`;
}
