import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";

/**
 * A member sent what they were writing: their draft goes, in the same transaction. One that says something else stays,
 * since it was begun while the message was still on its way.
 */
export async function dropSentDraft(
  ctx: Ctx,
  { conversationId, text }: { conversationId: string; text: string },
): Promise<void> {
  const userId = memberId(ctx);
  if (!userId) return;
  await withTenant(ctx, (tx) =>
    tx.raw.unsafe(
      `delete from drafts where tenant_id = $1 and conversation_id = $2::uuid and user_id = $3::uuid and starts_with($4, btrim(text))`,
      [ctx.tenantId, conversationId, userId, text.trim()] as never[],
      { prepare: true },
    ),
  );
}
