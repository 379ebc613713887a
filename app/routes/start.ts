import { redirect } from "react-router";

import type { Route } from "./+types/start";
import { pageContext } from "../context.ts";

/** `/` leads to the tenant one worked in last, or to the door. */
export function loader({ context }: Route.LoaderArgs) {
  const { viewer } = context.get(pageContext);
  if (!viewer) return redirect("/sign-in");
  const slugs = viewer.memberships.map(({ slug }) => slug);
  const last = slugs.find((slug) => slug === viewer.lastTenantSlug) ?? slugs[0];
  // The door says that the account opens nothing yet.
  if (last === undefined) return redirect("/sign-in");
  return redirect(`/t/${last}`);
}
