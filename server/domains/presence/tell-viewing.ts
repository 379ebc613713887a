import { sayViewer } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { forbidden, notFound } from "#server/core/errors.ts";
import type { TellViewingInput } from "./schemas.ts";

/**
 * Tells colleagues that the acting member looks at a conversation or a ticket, writes there, or left. Nothing is
 * written down: every process remembers it for a while. Something of elsewhere is `not_found`.
 */
export async function tellViewing(ctx: Ctx, input: TellViewingInput): Promise<void> {
  const userId = memberId(ctx);
  if (!userId) throw forbidden();
  const { conversationId = null, ticketId = null, state } = input;
  const [found] = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<{ name: string | null; conversation: boolean; ticket: boolean }[]>(
      statement,
      [ctx.tenantId, userId, conversationId, ticketId],
      { prepare: true },
    ),
  );
  if (!found?.conversation || !found.ticket) throw notFound();
  const ids = [conversationId, ticketId].filter((id) => id !== null);
  await sayViewer({ tenantId: ctx.tenantId, ids, userId, name: found.name ?? "", state });
}

const statement = `
  select (select display_name from user_profiles where tenant_id = $1 and user_id = $2::uuid) as name,
         $3::uuid is null or exists (select from conversations where tenant_id = $1 and id = $3::uuid) as conversation,
         $4::uuid is null or exists (select from tickets where tenant_id = $1 and id = $4::uuid) as ticket`;
