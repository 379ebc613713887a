import { redirect } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";

import type { Route } from "./+types/sign-out";

/** Leaves: this browser, or every one with `everywhere`. */
export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const { auth } = context.get(apiContext);
  if (form.get("everywhere") && context.get(pageContext).viewer) await auth.signOutEverywhere();
  else await auth.signOut();
  return redirect("/sign-in");
}

export const loader = () => redirect("/");
