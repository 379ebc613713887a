import { apiContext } from "#app/context.ts";

import type { Route } from "./+types/assignees";

/** Who work can be given to, for the menus that ask when they are opened. */
export async function loader({ context }: Route.LoaderArgs) {
  return { assignees: await context.get(apiContext).tickets.assignees() };
}

/** A colleague comes or goes rarely: a list that changes does not ask again. */
export function shouldRevalidate() {
  return false;
}
