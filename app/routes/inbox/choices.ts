import { apiContext } from "#app/context.ts";
import type { Caller } from "#server/trpc/root.ts";

import type { Route } from "./+types/choices";

/** What a list may be narrowed by: for the menu that asks when it is opened, and for the names of what is chosen. */
export async function inboxChoices({ channels, labels, teams, tickets }: Caller) {
  const [lines, words, people, all] = await Promise.all([
    channels.list(),
    labels.list(),
    tickets.assignees(),
    teams.list(),
  ]);
  return {
    channels: lines.map(({ id, name }) => ({ id, name })),
    labels: words,
    teams: all.map(({ id, name }) => ({ id, name })),
    people: people.map(({ userId, name }) => ({ id: userId, name })),
  };
}
export type InboxChoices = Awaited<ReturnType<typeof inboxChoices>>;

export async function loader({ context }: Route.LoaderArgs) {
  return inboxChoices(context.get(apiContext));
}

/** They change rarely: a list that is looked at again does not ask for them. */
export function shouldRevalidate() {
  return false;
}
