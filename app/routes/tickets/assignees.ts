import { apiContext } from "#app/context.ts";

import type { Route } from "./+types/assignees";

/** Whom and what team work can be given to, and the categories there are, for the menus that ask when they are opened. */
export async function loader({ context }: Route.LoaderArgs) {
  const { tickets, teams, ticketForms } = context.get(apiContext);
  const [assignees, all, { categories }] = await Promise.all([tickets.assignees(), teams.list(), ticketForms.read()]);
  return {
    assignees,
    teams: all.map(({ id, name }) => ({ id, name })),
    categories: categories.filter(({ archivedAt }) => !archivedAt).map(({ id, name }) => ({ id, name })),
  };
}

/** A colleague comes or goes rarely: a list that changes does not ask again. */
export function shouldRevalidate() {
  return false;
}
