import { apiContext, pageContext } from "#app/context.ts";
import { csvCell, csvResponse } from "#app/shell/csv.ts";

import { zoneOfBusiness } from "../appointments/zone.ts";
import type { Route } from "./+types/figures-export";
import { periodIn, spanOf } from "./figures-period.ts";

/** The figures of the same period, as a file: a line for all, then one for each source. */
export async function loader({ request, context, params }: Route.LoaderArgs) {
  const period = periodIn(new URL(request.url).searchParams);
  const { since, from, until } = spanOf(period, Date.now(), zoneOfBusiness(context.get(pageContext)));
  const { total, bySource } = await context.get(apiContext).prospects.figures({ from, until });
  const lines = [{ source: "", ...total }, ...bySource].map(({ source, came, qualified, appointment, converted }) =>
    [since, source, came, qualified, appointment, converted].map(csvCell).join(","),
  );
  const head = "since,source,received,qualified,with_appointment,converted";
  return csvResponse(`\uFEFF${[head, ...lines].join("\r\n")}\r\n`, `${params.tenant}-prospect-figures`);
}
