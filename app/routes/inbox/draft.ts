import { data } from "react-router";

import { apiContext, refusalOf } from "#app/context.ts";

import type { Route } from "./+types/draft";

/** Keeps what a member is writing. Asked for in the background: no page is loaded anew for it. */
export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const word = (name: string) => String(form.get(name) ?? "");
  try {
    await context.get(apiContext).drafts.save({
      conversationId: params.conversation,
      text: word("text"),
      note: word("note") === "yes",
      attachmentIds: word("attachmentIds").split(",").filter(Boolean),
    });
    return new Response(null, { status: 204 });
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return Response.json(refusal, { status: 400 });
  }
}

export function loader() {
  throw data(null, 405);
}
