import type { ChangedField } from "#db/schema/automation.ts";
import type { Ctx } from "#server/core/context.ts";
import type { Announced } from "./announce.ts";
import { announce } from "./announce.ts";

/** Lines of a ticket's timeline that say what changed, by what they say it of. */
export const changeLines: Readonly<Record<ChangedField, readonly string[]>> = {
  status: ["status", "resolved", "closed", "reopened", "customer_replied"],
  priority: ["priority"],
  category: ["category"],
  team: ["team"],
  assignee: ["assignee"],
  field: ["field"],
  subject: ["subject"],
  due: ["due"],
};
const fieldOfLine = new Map(
  Object.entries(changeLines).flatMap(([field, lines]) => lines.map((line) => [line, field as ChangedField] as const)),
);

/** Announces lines of tickets' timelines: those that change one are one fact a ticket, however much they change. */
export async function announceTickets(
  ctx: Ctx,
  lines: readonly { ticket: { id: string }; type: string }[],
): Promise<void> {
  await announce(
    ctx,
    [...Map.groupBy(lines, ({ ticket }) => ticket.id)].flatMap(([id, own]) => factsOf(id, own)),
  );
}

function factsOf(ticketId: string, lines: readonly { type: string }[]): Announced[] {
  const changed = [...new Set(lines.flatMap(({ type }) => fieldOfLine.get(type) ?? []))];
  const has = (type: string) => lines.some((line) => line.type === type);
  return [
    ...(has("opened") ? [{ event: "ticket_opened" as const, ticketId }] : []),
    ...(changed.length > 0 ? [{ event: "ticket_changed" as const, ticketId, changed }] : []),
    ...(has("sla_missed") ? [{ event: "promise_missed" as const, ticketId }] : []),
  ];
}
