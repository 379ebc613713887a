import { apiContext } from "#app/context.ts";
import { csvCell, csvPages, csvResponse } from "#app/shell/csv.ts";
import type { Caller } from "#server/trpc/root.ts";

import type { Route } from "./+types/export";
import { filterOf, readListing } from "./list-address.ts";

const columns = [
  "started",
  "direction",
  "status",
  "customer",
  "from",
  "to",
  "channel",
  "seconds",
  "sentiment",
  "done",
  "ticket",
  "cost_cents",
  "currency",
] as const;
const perPage = 500;

/** The list under the same filter, as a file: streamed page by page. */
export async function loader({ request, context, params }: Route.LoaderArgs) {
  const { calls } = context.get(apiContext);
  const filter = { ...filterOf(readListing(new URL(request.url).searchParams)), limit: perPage };
  const body = csvPages({
    // A mark for spreadsheets that the file is UTF-8.
    head: `\uFEFF${columns.join(",")}\r\n`,
    first: await calls.list(filter),
    linesOf: ({ rows }) => rows.map(lineOf).join(""),
    after: ({ nextCursor }) => (nextCursor ? calls.list({ ...filter, cursor: nextCursor }) : null),
    signal: request.signal,
  });
  return csvResponse(body, `${params.tenant}-calls`);
}

type Row = Awaited<ReturnType<Caller["calls"]["list"]>>["rows"][number];

function lineOf(row: Row): string {
  const values: Record<(typeof columns)[number], string | number | null> = {
    started: row.startedAt.toISOString(),
    direction: row.direction,
    status: row.status,
    customer: row.customerName,
    from: row.fromNumber,
    to: row.toNumber,
    channel: row.channelName,
    seconds: row.durationSeconds,
    sentiment: row.sentiment,
    done: row.done.join(" "),
    ticket: row.ticketNumber,
    cost_cents: row.costCents,
    currency: row.currency,
  };
  return `${columns.map((column) => csvCell(values[column])).join(",")}\r\n`;
}
