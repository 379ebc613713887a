import { apiContext, refusalOf } from "#app/context.ts";

import type { Route } from "./+types/feed";

const common = { "cache-control": "private, no-cache", "x-robots-tag": "noindex", "referrer-policy": "no-referrer" };

/** A member's appointments for the program that was given their secret address, which asks again and again. */
export async function loader({ params: { file }, request, context }: Route.LoaderArgs) {
  const token = /^(.{1,100})\.ics$/.exec(file)?.[1];
  if (!token) return new Response(null, { status: 404 });
  try {
    const { text, tag } = await context.get(apiContext).calendarFeeds.read({ token });
    const headers = { ...common, etag: `"${tag}"` };
    if (isKnown(request.headers.get("if-none-match"), tag)) return new Response(null, { status: 304, headers });
    return new Response(text, { headers: { ...headers, "content-type": "text/calendar; charset=utf-8" } });
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return new Response(null, { status: refusal.code === "rate_limited" ? 429 : 404, headers: common });
  }
}

/** Whether the asker has this very text; what lies between may have marked its tag as a weak one. */
function isKnown(header: string | null, tag: string): boolean {
  return header?.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === `"${tag}"`) ?? false;
}
