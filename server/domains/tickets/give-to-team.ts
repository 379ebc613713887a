import { eq, sql } from "drizzle-orm";
import { tickets } from "#db/schema/tickets.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { giveWork } from "#server/domains/assignment/index.ts";
import type { Altered } from "./write-alterations.ts";

/**
 * Lets the new team's own rule say who is given the tickets that nobody has. Answers the tickets with what came of
 * that: it belongs to the change, and is taken back with it. `quiet`: the takers are not told one by one.
 */
export async function giveToTeam(
  ctx: Ctx,
  tx: TenantTx,
  altered: readonly Altered[],
  { quiet }: { quiet: boolean },
): Promise<Altered[]> {
  const free = altered.filter(({ ticket, alteration }) => !ticket.assigneeId && alteration.set.teamId);
  if (free.length === 0) return [...altered];
  const ticketIds = free.map(({ ticket }) => ticket.id);
  await giveWork({ ...ctx, tx }, { ticketIds, quiet });
  const given = await tx
    .select({
      id: tickets.id,
      assigneeId: tickets.assigneeId,
      assignedAt: tickets.assignedAt,
      seekingSince: tickets.seekingSince,
    })
    .from(tickets)
    .where(sql`${eq(tickets.tenantId, ctx.tenantId)} and ${tickets.id} = any(${sql.param(ticketIds)}::uuid[])`);
  const byId = new Map(given.map((row) => [row.id, row]));
  return altered.map((one) => {
    const { assigneeId, assignedAt, seekingSince } = byId.get(one.ticket.id) ?? {};
    const came = assigneeId ? { assigneeId, assignedAt, seekingSince } : seekingSince ? { seekingSince } : {};
    return { ...one, alteration: { ...one.alteration, set: { ...one.alteration.set, ...came } } };
  });
}
