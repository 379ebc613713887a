import { data } from "react-router";

import { apiContext, refusalOf } from "#app/context.ts";

import type { Route } from "./+types/outgoing-action";
import { act } from "./act.ts";

/** What a browser hands over in the background, and again after a lost connection. Answers JSON. */
export async function action({ params, request, context }: Route.ActionArgs) {
  try {
    return Response.json(await act(context.get(apiContext), params.conversation, await request.formData()));
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return Response.json(refusal, { status: refusal.code === "unauthenticated" ? 401 : 404 });
  }
}

export function loader() {
  throw data(null, 405);
}
