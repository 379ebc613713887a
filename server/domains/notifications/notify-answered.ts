import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notify } from "./notify.ts";

/** A customer wrote in these conversations: whoever they are assigned to hears of it. */
export async function notifyAnswered(ctx: Ctx, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length === 0) return;
  await withTenant(ctx, async (tx) => {
    const own = await tx.raw.unsafe<{ id: string; userId: string }[]>(
      `select id, assignee_id as "userId" from conversations
        where tenant_id = $1 and id = any ($2::text[]::uuid[]) and assignee_id is not null`,
      [ctx.tenantId, conversationIds] as never[],
      { prepare: true },
    );
    await notify(
      { ...ctx, tx },
      own.map(({ id, userId }) => ({ userId, kind: "answered", subject: "conversation", subjectId: id })),
    );
  });
}
