import type { ProspectStatus } from "#db/schema/prospects.ts";
import { openProspectStatuses } from "#db/schema/prospects.ts";

type Open = (typeof openProspectStatuses)[number];

/** Somebody works on it. */
export const isOpen = (status: ProspectStatus): status is Open => openProspectStatuses.some((open) => open === status);

const onward: Readonly<Record<ProspectStatus, readonly ProspectStatus[]>> = {
  new: ["follow_up", "qualified", "converted", "not_qualified", "lost"],
  follow_up: ["new", "qualified", "converted", "not_qualified", "lost"],
  qualified: ["new", "follow_up", "converted", "not_qualified", "lost"],
  // Thought better of: it is opened again before it is anything else.
  not_qualified: ["new", "follow_up", "qualified"],
  lost: ["new", "follow_up", "qualified"],
  // A conversion is taken back as a whole, with what it did to the customer.
  converted: [],
};

/** What a prospect may become. */
export const onwardFrom = (status: ProspectStatus): readonly ProspectStatus[] => onward[status];

/** Since when it is known to be worth it, as it comes to a status: forgotten where that says the contrary, or nothing yet. */
export function qualifiedSince(before: Date | null, status: ProspectStatus, at: Date): Date | null {
  if (status === "new" || status === "not_qualified") return null;
  return status === "qualified" ? (before ?? at) : before;
}
