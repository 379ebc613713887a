import { eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { tenants } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { ChooseSendersInput } from "./schemas.ts";

export interface SendingRule {
  /** Whoever a conversation is not assigned to may not write to its customer; owners and admins may. */
  onlyAssignee: boolean;
}

export async function readSenders(ctx: Ctx): Promise<SendingRule> {
  const [tenant] = await withTenant(ctx, (tx) =>
    tx.select({ onlyAssignee: tenants.onlyAssigneeSends }).from(tenants).where(eq(tenants.id, ctx.tenantId)),
  );
  return { onlyAssignee: tenant?.onlyAssignee ?? false };
}

/** Who may write to a customer: every agent, or the one that the conversation is assigned to. */
export async function chooseSenders(ctx: Ctx, { onlyAssignee }: ChooseSendersInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    if ((await readSenders(inner)).onlyAssignee === onlyAssignee) return;
    await tx
      .update(tenants)
      .set({ onlyAssigneeSends: onlyAssignee, updatedAt: ctx.clock.now() })
      .where(eq(tenants.id, ctx.tenantId));
    await recordAudit(inner, {
      action: "tenant.senders",
      entityType: "tenant",
      entityId: ctx.tenantId,
      data: { onlyAssignee },
    });
    tx.afterCommit(() => publish(ctx.tenantId, "conversations", "*"));
  });
}
