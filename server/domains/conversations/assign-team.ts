import { eq } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { giveWork } from "#server/domains/assignment/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { requireTeam } from "#server/domains/teams/index.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";
import { lockConversation } from "./find-conversation.ts";
import type { AssignTeamInput } from "./schemas.ts";
import { writeEvent } from "./write-event.ts";

/**
 * Gives a conversation to a team or, with null, to none; where nobody has it, the team's own rule says who is given
 * it. Nothing happens when it is so already.
 */
export async function assignConversationTeam(ctx: Ctx, { conversationId, teamId }: AssignTeamInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const conversation = await lockConversation(tx, conversationId);
    if (conversation.teamId === teamId) return;
    const name = teamId ? (await requireTeam(tx, teamId)).name : "";
    await tx
      .update(conversations)
      .set({ teamId, seekingSince: null, updatedAt: ctx.clock.now() })
      .where(eq(conversations.id, conversationId));
    await writeEvent(
      ctx,
      tx,
      conversation,
      teamId ? { event: "team", toId: teamId, toName: name } : { event: "no_team" },
    );
    await recordAudit(inner, {
      action: "conversation.assign_team",
      entityType: "conversation",
      entityId: conversationId,
      data: { from: conversation.teamId, to: teamId },
    });
    conversationChanged(tx, conversationId);
    threadChanged(tx, conversationId);
    if (teamId && !conversation.assigneeId) await giveWork(inner, { conversationIds: [conversationId] });
  });
}
