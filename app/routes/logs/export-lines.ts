import { csvCell } from "#app/shell/csv.ts";

interface Exported {
  receivedAt: Date;
  channelName: string | null;
  platform: string;
  type: string;
  status: string;
  reason: string | null;
  customerName: string | null;
  customerIdentifier: string | null;
  processingTimeMs: number | null;
  attempts: number;
  externalMessageId: string | null;
  errorMessage: string | null;
  id: string;
}

const columns: readonly [name: string, of: (row: Exported) => string | number | null][] = [
  ["received_at", (row) => row.receivedAt.toISOString()],
  ["channel", (row) => row.channelName],
  ["provider", (row) => row.platform],
  ["type", (row) => row.type],
  ["status", (row) => row.status],
  ["reason", (row) => row.reason],
  ["customer", (row) => row.customerName],
  ["customer_identifier", (row) => row.customerIdentifier],
  ["processing_ms", (row) => row.processingTimeMs],
  ["attempts", (row) => row.attempts],
  ["message_id", (row) => row.externalMessageId],
  ["error", (row) => row.errorMessage],
  ["id", (row) => row.id],
];

/** A mark for spreadsheets that the file is UTF-8, then the names of the columns (RFC 4180). */
export const csvHead = `\uFEFF${columns.map(([name]) => name).join(",")}\r\n`;

export function csvLine(row: Exported): string {
  return `${columns.map(([, of]) => csvCell(of(row))).join(",")}\r\n`;
}
