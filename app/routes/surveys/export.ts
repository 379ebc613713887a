import { apiContext } from "#app/context.ts";
import { csvCell, csvPages, csvResponse } from "#app/shell/csv.ts";
import type { Caller } from "#server/trpc/root.ts";

import type { Route } from "./+types/export";
import { readListing } from "./list-address.ts";

const columns = ["date", "customer", "ticket", "channel", "member", "status", "reason", "score", "comment", "answered"];
const perPage = 500;

/** The list under the same filter, as a file: streamed page by page. */
export async function loader({ request, context, params }: Route.LoaderArgs) {
  const { surveys } = context.get(apiContext);
  const filter = { ...readListing(new URL(request.url).searchParams), limit: perPage, cursor: undefined };
  const body = csvPages({
    // A mark for spreadsheets that the file is UTF-8.
    head: `\uFEFF${columns.join(",")}\r\n`,
    first: await surveys.list(filter),
    linesOf: ({ rows }) => rows.map(lineOf).join(""),
    after: ({ nextCursor }) => (nextCursor ? surveys.list({ ...filter, cursor: nextCursor }) : null),
    signal: request.signal,
  });
  return csvResponse(body, `${params.tenant}-surveys`);
}

type Row = Awaited<ReturnType<Caller["surveys"]["list"]>>["rows"][number];

function lineOf(row: Row): string {
  const { dueAt, customerName, ticketNumber, channelType, memberName, status, reason, score, comment, answeredAt } =
    row;
  const state = row.undelivered ? "undelivered" : status;
  const values = [
    dueAt.toISOString(),
    customerName,
    ticketNumber,
    channelType,
    memberName,
    state,
    reason,
    score,
    comment,
  ];
  return `${[...values, answeredAt?.toISOString() ?? null].map(csvCell).join(",")}\r\n`;
}
