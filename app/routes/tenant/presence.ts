import type { ShouldRevalidateFunctionArgs } from "react-router";

import { apiContext } from "#app/context.ts";

import type { Route } from "./+types/presence";

/** Whether the member takes a break: asked once, when their menu is first drawn. */
export async function loader({ context }: Route.LoaderArgs) {
  return context.get(apiContext).presence.own();
}

/** The member takes a break (`away`), or is back. */
export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  await context.get(apiContext).presence.setAway({ away: form.has("away") });
  return null;
}

/** Nobody but themselves changes it. */
export function shouldRevalidate({ formAction }: ShouldRevalidateFunctionArgs) {
  return formAction?.endsWith("/presence") ?? false;
}
