import { data } from "react-router";

import { apiContext, refusalOf } from "#app/context.ts";

import type { Route } from "./+types/move";
import { statuses } from "./prospect-words.ts";

/** Moves a card of the board: converting and taking that back as they do on the prospect's page. */
export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const status = statuses.find((known) => known === form.get("status"));
  const prospectId = String(form.get("prospectId"));
  const { prospects } = context.get(apiContext);
  if (!status) throw data(null, { status: 400 });
  try {
    if (form.has("undo")) await prospects.undoConversion({ prospectId });
    else if (status === "converted") await prospects.convert({ prospectId });
    else await prospects.changeStatus({ prospectId, status });
    return Response.json({ refused: null });
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return Response.json({ refused: Object.values(refusal.fields).flat()[0] ?? refusal.reason });
  }
}
