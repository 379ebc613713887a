import type { inferRouterInputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

import { priorities, statuses } from "./ticket-words.ts";

type BulkChange = inferRouterInputs<AppRouter>["tickets"]["bulk"]["start"]["change"];

/** Fields of the bar under a selection, as their form has them: text by name, empty for "leave it". */
export const bulkFields = ["status", "assignee", "team", "priority", "category"] as const;
export type BulkField = (typeof bulkFields)[number];
export type AskedChange = Partial<Record<BulkField, string>>;

/** What a form of the bar asks for: as it was chosen, to be shown again, and as the procedure takes it. */
export function changeIn(form: FormData): { asked: AskedChange; change: BulkChange } {
  const asked: AskedChange = Object.fromEntries(
    bulkFields.flatMap((name) => {
      const value = String(form.get(name) ?? "");
      return value === "" ? [] : [[name, value]];
    }),
  );
  const { assignee, team, category } = asked;
  return {
    asked,
    change: {
      status: statuses.find((status) => status === asked.status),
      priority: priorities.find((priority) => priority === asked.priority),
      ...(assignee ? { assigneeId: orNone(assignee) } : {}),
      ...(team ? { teamId: orNone(team) } : {}),
      ...(category ? { categoryId: orNone(category) } : {}),
    },
  };
}

const orNone = (value: string) => (value === "none" ? null : value);

export function isEmpty(change: BulkChange): boolean {
  return Object.values(change).every((value) => value === undefined);
}
