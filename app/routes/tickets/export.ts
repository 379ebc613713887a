import { apiContext } from "#app/context.ts";
import { csvPages, csvResponse } from "#app/shell/csv.ts";

import type { Route } from "./+types/export";
import { csvHead, csvLine } from "./export-lines.ts";
import { filterOf, readQueue, usualColumns } from "./queue-address.ts";

/** The queue under the same filter and order, with the same columns, as a file: streamed page by page. */
export async function loader({ request, context, params }: Route.LoaderArgs) {
  const { tickets } = context.get(apiContext);
  const queue = readQueue(new URL(request.url).searchParams);
  const columns = queue.columns.length > 0 ? queue.columns : usualColumns;
  const wanted = { ...filterOf(queue), sort: queue.sort, direction: queue.direction };
  const body = csvPages({
    head: csvHead(columns),
    first: await tickets.export(wanted),
    linesOf: ({ rows }) => rows.map((row) => csvLine(row, columns)).join(""),
    after: ({ next }) => (next ? tickets.export({ ...wanted, after: next }) : null),
    signal: request.signal,
  });
  return csvResponse(body, `${params.tenant}-tickets`);
}
