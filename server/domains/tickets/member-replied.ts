import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

/**
 * A member answered the customer in public: the conversation's tickets that are not done rise in the
 * queue, and the first answer since they were opened is remembered. One statement.
 */
export async function memberReplied(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  if (ctx.actor.type !== "member") return;
  await withTenant(ctx, async (tx) => {
    const touched = await tx.raw.unsafe<{ id: string }[]>(
      statement,
      [ctx.tenantId, input.conversationId, ctx.clock.now()] as never[],
      { prepare: true },
    );
    if (touched.length === 0) return;
    tx.afterCommit(() =>
      publish(
        ctx.tenantId,
        "tickets",
        touched.map((ticket) => ticket.id),
      ),
    );
  });
}

const statement = `
  update tickets set first_response_at = coalesce(first_response_at, $3::timestamptz), updated_at = $3::timestamptz
  where tenant_id = $1 and conversation_id = $2::uuid and status in ('open', 'in_progress', 'waiting_customer')
  returning id`;
