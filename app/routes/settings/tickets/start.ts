import { redirect } from "react-router";

import type { Route } from "./+types/start";

/** The settings of tickets begin with their categories. */
export function loader({ params }: Route.LoaderArgs) {
  return redirect(`/t/${params.tenant}/settings/tickets/categories`);
}
