import { data } from "react-router";

import { apiContext } from "#app/context.ts";

import type { Route } from "./+types/export";
import { csvHead, csvLine } from "./export-lines.ts";
import { readFilter, wantedOf } from "./log-address.ts";

/** The list under the same filter as a file, streamed page by page: `format` is csv or ndjson. */
export async function loader({ request, context, params }: Route.LoaderArgs) {
  const { webhookLogs } = context.get(apiContext);
  const { searchParams } = new URL(request.url);
  const format = searchParams.get("format") ?? "csv";
  if (format !== "csv" && format !== "ndjson") throw data(null, { status: 400 });
  const wanted = wantedOf(readFilter(searchParams), Date.now());
  const first = await webhookLogs.export(wanted);
  const encoder = new TextEncoder();
  const write = format === "csv" ? csvLine : (row: (typeof first)["rows"][number]) => `${JSON.stringify(row)}\n`;
  let page: typeof first | null = first;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (format === "csv") controller.enqueue(encoder.encode(csvHead));
    },
    pull: async (controller) => {
      if (!page) return controller.close();
      controller.enqueue(encoder.encode(page.rows.map(write).join("")));
      page = page.next && !request.signal.aborted ? await webhookLogs.export({ ...wanted, after: page.next }) : null;
    },
  });
  const day = new Date().toISOString().slice(0, 10);
  return new Response(body, {
    headers: {
      "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8",
      "content-disposition": `attachment; filename="${params.tenant}-webhooks-${day}.${format}"`,
      "cache-control": "no-store",
    },
  });
}
