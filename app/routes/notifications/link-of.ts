import type { Route } from "./+types/page";

export type Notification = Route.ComponentProps["loaderData"]["rows"][number];

/** Where it happened, below the tenant's address; empty when that is gone. */
export function linkOf({ subject, subjectId, number, title }: Notification): string {
  if (title === null) return "";
  if (subject === "ticket") return `tickets/${number ?? ""}`;
  return subject === "prospect" ? `prospects/${subjectId}` : `inbox/${subjectId}`;
}
