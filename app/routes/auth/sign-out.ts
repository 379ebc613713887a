import { redirect } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";

import type { Route } from "./+types/sign-out";
import { ownPath } from "./safe-next.ts";

/** Leaves: this browser, or every one with `everywhere`. */
export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const { auth } = context.get(apiContext);
  if (form.get("everywhere") && context.get(pageContext).viewer) await auth.signOutEverywhere();
  else await auth.signOut();
  const back = form.get("back");
  return redirect(typeof back === "string" ? ownPath(back) : "/sign-in");
}

export const loader = () => redirect("/");
