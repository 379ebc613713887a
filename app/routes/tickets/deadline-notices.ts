import { apiContext } from "#app/context.ts";

import type { Route } from "./+types/deadline-notices";

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What is to be said to this member of deadlines that a live change named: `?ids=…,…`. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const asked = new URL(request.url).searchParams.get("ids")?.split(",") ?? [];
  const ticketIds = asked.filter((one) => id.test(one)).slice(0, 100);
  return { notices: ticketIds.length > 0 ? await context.get(apiContext).sla.notices({ ticketIds }) : [] };
}

/** Asked once for each change that is heard. */
export function shouldRevalidate() {
  return false;
}
