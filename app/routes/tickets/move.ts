import { data } from "react-router";

import { apiContext, refusalOf } from "#app/context.ts";

import type { Route } from "./+types/move";
import { statuses } from "./ticket-words.ts";

/** Moves a card of the board: a status for one ticket, resolving, closing and reopening as they do elsewhere. */
export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const status = statuses.find((known) => known === form.get("status"));
  if (!status) throw data(null, { status: 400 });
  try {
    await context.get(apiContext).tickets.change({ ticketId: String(form.get("ticketId")), status });
    return Response.json({ refused: null });
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return Response.json({ refused: Object.values(refusal.fields).flat()[0] ?? refusal.reason });
  }
}
