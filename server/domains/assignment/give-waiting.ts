import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { giveWork } from "./give-work.ts";

/** Looked at in one go, the longest waiting first; the others when these are given. */
const most = 200;

/** Gives what nobody could take before to whoever can now. Answers how many were given. */
export async function giveWaiting(ctx: Ctx): Promise<{ given: number }> {
  return withTenant(ctx, async (tx) => {
    const waiting = await tx.raw.unsafe<{ kind: "conversation" | "ticket"; id: string }[]>(statement, [ctx.tenantId], {
      prepare: true,
    });
    const idsOf = (kind: "conversation" | "ticket") => waiting.filter((row) => row.kind === kind).map(({ id }) => id);
    return giveWork({ ...ctx, tx }, { conversationIds: idsOf("conversation"), ticketIds: idsOf("ticket") });
  });
}

const statement = `
  (select 'conversation' as kind, id, seeking_since from conversations
    where tenant_id = $1 and seeking_since is not null and status = 'open' and not archived order by seeking_since, id limit ${most})
  union all
  (select 'ticket', id, seeking_since from tickets
    where tenant_id = $1 and seeking_since is not null and status in ('open', 'in_progress', 'waiting_customer')
    order by seeking_since, id limit ${most})
  order by seeking_since, id limit ${most}`;
