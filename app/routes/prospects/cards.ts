import { data } from "react-router";

import { apiContext } from "#app/context.ts";

import type { Route } from "./+types/cards";
import { ownerIn } from "./board-address.ts";
import { statuses } from "./prospect-words.ts";

/** What follows in one column of the board. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const column = statuses.find((known) => known === searchParams.get("column"));
  if (!column) throw data(null, { status: 400 });
  const after = searchParams.get("after") ?? undefined;
  const { columns } = await context.get(apiContext).prospects.board({ ownerId: ownerIn(searchParams), column, after });
  return Response.json({ cards: columns[0]!.cards, next: columns[0]!.next });
}
