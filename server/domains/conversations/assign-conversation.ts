import { and, eq } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import { memberships, userProfiles } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { notify } from "#server/domains/notifications/index.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";
import { lockConversation } from "./find-conversation.ts";
import type { AssignInput } from "./schemas.ts";
import { writeEvent } from "./write-event.ts";

/** Gives a conversation to an active member or, with null, back to everybody. Nothing happens when it is so already. */
export async function assignConversation(ctx: Ctx, { conversationId, assigneeId }: AssignInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const conversation = await lockConversation(tx, conversationId);
    if (conversation.assigneeId === assigneeId) return;
    const name = assigneeId ? await activeMemberName(tx, assigneeId) : null;
    await tx
      .update(conversations)
      .set({ assigneeId, seekingSince: null, updatedAt: ctx.clock.now() })
      .where(eq(conversations.id, conversationId));
    await writeEvent(
      ctx,
      tx,
      conversation,
      assigneeId ? { event: "assigned", toId: assigneeId, toName: name ?? "" } : { event: "unassigned" },
    );
    await recordAudit(
      { ...ctx, tx },
      {
        action: "conversation.assign",
        entityType: "conversation",
        entityId: conversationId,
        data: { from: conversation.assigneeId, to: assigneeId },
      },
    );
    if (assigneeId) {
      const about = { kind: "assigned", subject: "conversation", subjectId: conversationId } as const;
      await notify({ ...ctx, tx }, [{ userId: assigneeId, ...about }]);
    }
    conversationChanged(tx, conversationId);
    threadChanged(tx, conversationId);
  });
}

async function activeMemberName(tx: TenantTx, userId: string): Promise<string> {
  const [member] = await tx
    .select({ name: userProfiles.displayName })
    .from(memberships)
    .innerJoin(
      userProfiles,
      and(eq(userProfiles.tenantId, memberships.tenantId), eq(userProfiles.userId, memberships.userId)),
    )
    .where(and(eq(memberships.userId, userId), eq(memberships.status, "active")));
  if (!member) throw invalid({ assigneeId: "not_a_member" });
  return member.name;
}
