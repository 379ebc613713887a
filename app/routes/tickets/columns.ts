import { redirect } from "react-router";

import { apiContext } from "#app/context.ts";

import type { Route } from "./+types/columns";
import { columnsOf, queueAddress, readQueue, usualColumns, type Column } from "./queue-address.ts";

/** Keeps the member's columns, or puts them into the queue's address, and goes back to it. */
export async function action({ request, params, context }: Route.ActionArgs) {
  const { tickets } = context.get(apiContext);
  const form = await request.formData();
  const queue = readQueue(new URLSearchParams(String(form.get("queue") ?? "")));
  const back = (columns: Column[]) => redirect(`/t/${params.tenant}/tickets${queueAddress(queue, { columns })}`);
  const chosen = moved(columnsOf(form.getAll("column").map(String)), form);
  switch (form.get("intent")) {
    case "usual":
      await tickets.chooseColumns({ columns: null });
      return back([]);
    case "here":
      return back(chosen.length > 0 ? chosen : [...usualColumns]);
    default:
      // An address with columns of its own keeps them: they are what one sees, and moves.
      if (queue.columns.length > 0 && form.get("intent") === null) return back(chosen);
      await tickets.chooseColumns({ columns: chosen });
      return back([]);
  }
}

/** The columns with one of them a place up or down, where that was pressed. */
export function moved(columns: Column[], form: FormData): Column[] {
  const by = form.has("up") ? -1 : 1;
  const at = columns.indexOf(String(form.get("up") ?? form.get("down") ?? "") as Column);
  const other = columns[at + by];
  if (at < 0 || other === undefined) return columns;
  return columns.with(at, other).with(at + by, columns[at]!);
}
