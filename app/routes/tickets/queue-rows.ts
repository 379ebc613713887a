import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

type Answered = inferRouterOutputs<AppRouter>["tickets"]["list"]["rows"][number];
export type TicketRow = Pick<
  Answered,
  | "id"
  | "number"
  | "subject"
  | "preview"
  | "status"
  | "priority"
  | "channelType"
  | "dueAt"
  | "slaTarget"
  | "slaDueAt"
  | "slaPaused"
  | "resolvedAt"
  | "updatedAt"
  | "createdAt"
  | "customerName"
  | "assigneeName"
  | "teamName"
>;

/**
 * The rows as one text, a tuple each. The page carries its rows twice, drawn and as data for the script;
 * written field by field the second copy was a quarter of the page and a tenth of its making.
 */
export function packRows(rows: readonly TicketRow[]): string {
  return JSON.stringify(
    rows.map((row) => [
      row.id,
      row.number,
      row.subject,
      row.preview,
      row.status,
      row.priority,
      row.channelType,
      row.dueAt?.getTime() ?? null,
      row.slaTarget,
      row.slaDueAt?.getTime() ?? null,
      row.slaPaused,
      row.resolvedAt?.getTime() ?? null,
      row.updatedAt.getTime(),
      row.createdAt.getTime(),
      row.customerName,
      row.assigneeName,
      row.teamName,
    ]),
  );
}

type Packed = [
  string,
  number,
  string,
  string,
  TicketRow["status"],
  TicketRow["priority"],
  TicketRow["channelType"],
  number | null,
  TicketRow["slaTarget"],
  number | null,
  boolean,
  number | null,
  number,
  number,
  string | null,
  string | null,
  string | null,
];

/** Reads what {@link packRows} wrote. */
export function readRows(text: string): TicketRow[] {
  const instant = (time: number | null) => (time === null ? null : new Date(time));
  return (JSON.parse(text) as Packed[]).map(
    ([
      id,
      number,
      subject,
      preview,
      status,
      priority,
      channelType,
      due,
      slaTarget,
      slaDue,
      slaPaused,
      resolved,
      updated,
      created,
      customerName,
      assigneeName,
      teamName,
    ]) => ({
      id,
      number,
      subject,
      preview,
      status,
      priority,
      channelType,
      dueAt: instant(due),
      slaTarget,
      slaDueAt: instant(slaDue),
      slaPaused,
      resolvedAt: instant(resolved),
      updatedAt: new Date(updated),
      createdAt: new Date(created),
      customerName,
      assigneeName,
      teamName,
    }),
  );
}
