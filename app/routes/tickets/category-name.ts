import type { Caller } from "#server/trpc/root.ts";

import type { Queue } from "./queue-address.ts";

/** The name of the category that a queue is narrowed to; asks for it only then. */
export async function categoryNameOf(api: Caller, { category }: Queue): Promise<string | null> {
  if (!category) return null;
  const { categories } = await api.ticketForms.read();
  return categories.find(({ id }) => id === category)?.name ?? null;
}
