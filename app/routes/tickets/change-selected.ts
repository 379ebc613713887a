import type { Caller } from "#server/trpc/root.ts";

/** Carries out what the bar under a selection asks for; an empty choice leaves that field alone. */
export async function changeSelected(api: Caller, form: FormData): Promise<{ changed: number; reason?: string }> {
  const ticketIds = form.getAll("ticket").map(String);
  const [status, priority, assignee] = ["status", "priority", "assignee"].map((name) => String(form.get(name) ?? ""));
  if (ticketIds.length === 0 || !(status || priority || assignee)) return { changed: 0, reason: "nothing_chosen" };
  return api.tickets.changeMany({
    ticketIds,
    ...(status ? { status: status as "open" } : {}),
    ...(priority ? { priority: priority as "low" } : {}),
    ...(assignee ? { assigneeId: assignee === "none" ? null : assignee } : {}),
  });
}
