import { data } from "react-router";

import { apiContext } from "#app/context.ts";

import type { Route } from "./+types/cards";
import { filterOf, readQueue } from "./queue-address.ts";
import { packRows } from "./queue-rows.ts";
import { statuses } from "./ticket-words.ts";

/** What follows in one column of the board. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const queue = readQueue(searchParams);
  const column = statuses.find((known) => known === searchParams.get("column"));
  if (!column) throw data(null, { status: 400 });
  const board = await context.get(apiContext).tickets.board({ ...filterOf(queue), column, after: queue.after });
  const { cards, next } = board.columns[0]!;
  return Response.json({ lines: packRows(cards), next });
}
