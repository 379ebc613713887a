import { apiContext } from "#app/context.ts";

import type { Route } from "./+types/export";
import { csvHead, csvLine } from "./export-lines.ts";
import { filterOf, readQueue, usualColumns } from "./queue-address.ts";

/** The queue under the same filter and order, with the same columns, as a file: streamed page by page. */
export async function loader({ request, context, params }: Route.LoaderArgs) {
  const { tickets } = context.get(apiContext);
  const queue = readQueue(new URL(request.url).searchParams);
  const columns = queue.columns.length > 0 ? queue.columns : usualColumns;
  const wanted = { ...filterOf(queue), sort: queue.sort, direction: queue.direction };
  const first = await tickets.export(wanted);
  const encoder = new TextEncoder();
  let page: typeof first | null = first;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(csvHead(columns))),
    pull: async (controller) => {
      if (!page) return controller.close();
      controller.enqueue(encoder.encode(page.rows.map((row) => csvLine(row, columns)).join("")));
      page = page.next && !request.signal.aborted ? await tickets.export({ ...wanted, after: page.next }) : null;
    },
  });
  const day = new Date().toISOString().slice(0, 10);
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${params.tenant}-tickets-${day}.csv"`,
      "cache-control": "no-store",
    },
  });
}
