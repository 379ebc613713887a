import { invalid } from "#server/core/errors.ts";
import type { TicketCategory } from "./read-ticket-form.ts";

/** Refuses, beside the field, a category that the business does not have, or has archived. */
export function requireCategory(categories: readonly TicketCategory[], categoryId: string): TicketCategory {
  const found = categories.find((category) => category.id === categoryId && !category.archivedAt);
  if (!found) throw invalid({ categoryId: "unknown_category" });
  return found;
}
