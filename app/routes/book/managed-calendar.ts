import { apiContext, pageContext } from "#app/context.ts";
import { localeOf } from "#app/i18n/negotiate.ts";

import type { Route } from "./+types/managed-calendar";
import { managedHeaders } from "./managed-address.ts";

/** A customer's appointment as a file for their own calendar. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const language = localeOf(request, context.get(pageContext).viewer?.locale);
  const link = { slug: params.tenant, token: params.token, language };
  const { fileName, text } = await context.get(apiContext).booking.managed.calendar(link);
  return new Response(text, {
    headers: {
      ...managedHeaders,
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName}"`,
    },
  });
}
