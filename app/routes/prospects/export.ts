import { apiContext, pageContext } from "#app/context.ts";
import { csvPages, csvResponse } from "#app/shell/csv.ts";

import { zoneOfBusiness } from "../appointments/zone.ts";
import type { Route } from "./+types/export";
import { csvHead, csvLine } from "./export-lines.ts";
import { readListing } from "./list-address.ts";
import { filterOf } from "./list-filter.ts";

/** The list under the same filter and in the same order, as a file: streamed page by page. */
export async function loader({ request, context, params }: Route.LoaderArgs) {
  const { prospects } = context.get(apiContext);
  const timeZone = zoneOfBusiness(context.get(pageContext));
  const wanted = filterOf(readListing(new URL(request.url).searchParams), Date.now(), timeZone);
  const body = csvPages({
    head: csvHead,
    first: await prospects.export(wanted),
    linesOf: ({ rows }) => rows.map((row) => csvLine(row, timeZone)).join(""),
    after: ({ next }) => (next ? prospects.export({ ...wanted, after: next }) : null),
    signal: request.signal,
  });
  return csvResponse(body, `${params.tenant}-prospects`);
}
