import { refusalOf } from "#app/context.ts";
import type { Caller } from "#server/trpc/root.ts";

import { changeIn, isEmpty, type AskedChange } from "./bulk-choices.ts";
import { filterOf, type Queue } from "./queue-address.ts";

/** What came of a press in the queue's bar. */
export type BulkAnswer =
  | { kind: "started" }
  | { kind: "left" }
  /** Everything that matches was counted: it is changed once that is confirmed. */
  | { kind: "ask"; total: number; asked: AskedChange }
  | { kind: "refused"; reason: string };

/** Carries out what a bar of the queue asks for, by its `intent`; an empty choice leaves that field alone. */
export async function changeSelected(api: Caller, form: FormData, queue: Queue): Promise<BulkAnswer> {
  try {
    return await act(api, form, queue);
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return { kind: "refused", reason: Object.values(refusal.fields).flat()[0] ?? refusal.reason };
  }
}

async function act({ tickets: { bulk } }: Caller, form: FormData, queue: Queue): Promise<BulkAnswer> {
  const bulkId = String(form.get("bulk") ?? "");
  const ids = form.getAll("ticket").map(String);
  const { asked, change } = changeIn(form);
  switch (form.get("intent")) {
    case "leave":
      return { kind: "left" };
    case "stop":
      await bulk.cancel({ bulkId });
      return { kind: "started" };
    case "undo":
      await bulk.undo({ bulkId });
      return { kind: "started" };
    case "matching": {
      if (isEmpty(change)) return { kind: "refused", reason: "nothing_chosen" };
      const { total } = await bulk.count({ target: filterOf(queue) });
      return { kind: "ask", total, asked };
    }
    case "confirm":
      await bulk.start({ target: filterOf(queue), change });
      return { kind: "started" };
    default:
      if (ids.length === 0 || isEmpty(change)) return { kind: "refused", reason: "nothing_chosen" };
      await bulk.start({ target: { ids }, change });
      return { kind: "started" };
  }
}
