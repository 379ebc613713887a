import { apiContext } from "#app/context.ts";

import type { Route } from "./+types/appointment";

/** One appointment as a file for the member's own calendar. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { fileName, text } = await context.get(apiContext).calendarFeeds.appointment({ appointmentId: params.id });
  return new Response(text, {
    headers: {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
    },
  });
}
