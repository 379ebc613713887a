import { data, redirect } from "react-router";

import { apiContext, refusalOf } from "#app/context.ts";

import type { Route } from "./+types/finish";

/** The end of a sign-in: the code becomes a connection, and the page says so or why not. */
export async function loader({ request, context, params }: Route.LoaderArgs) {
  const given = new URL(request.url).searchParams;
  const platform = given.get("platform");
  if (platform !== "instagram" && platform !== "whatsapp") throw data(null, { status: 404 });
  const back = `/t/${params.tenant}/settings/connections`;
  const { connections } = context.get(apiContext);
  try {
    const { connectionId, channelId } = await connections.finish({
      platform,
      state: given.get("state") ?? "",
      code: given.get("code"),
      error: given.get("error"),
    });
    return redirect(channelId ? `/t/${params.tenant}/settings/channels/${channelId}` : `${back}?done=${connectionId}`);
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return redirect(`${back}?problem=${encodeURIComponent(refusal.reason)}`);
  }
}
