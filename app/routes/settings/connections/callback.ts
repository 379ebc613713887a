import { redirect } from "react-router";

import type { Route } from "./+types/callback";

/**
 * Where a platform sends the browser back to, one address for every tenant. The state begins with the
 * tenant's name, which leads on; whether it is genuine is asked there.
 */
export function loader({ request, params }: Route.LoaderArgs) {
  const given = new URL(request.url).searchParams;
  const state = given.get("state") ?? "";
  const [slug = ""] = state.split(".", 1);
  if (!/^[a-z0-9-]{1,60}$/.test(slug)) throw new Response(null, { status: 404 });
  const passed = new URLSearchParams({ platform: params.platform, state });
  for (const name of ["code", "error"]) {
    const value = given.get(name);
    if (value) passed.set(name, value);
  }
  return redirect(`/t/${slug}/settings/connections/finish?${passed.toString()}`);
}
