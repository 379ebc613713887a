import { eq, inArray } from "drizzle-orm";
import type { ConversationMerge } from "#db/schema/conversations.ts";
import { conversations } from "#db/schema/conversations.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, invalid, notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";
import { keptState, openState, stateOf } from "./conversation-state.ts";
import type { ConversationRow } from "./find-conversation.ts";
import { bringDrafts, bringLabels } from "./merge-belongings.ts";
import { namesOf } from "./name-conversations.ts";
import type { MergeConversationInput } from "./schemas.ts";
import { mergeConversationInput } from "./schemas.ts";
import { writeEvent } from "./write-event.ts";

/**
 * Lets a conversation go on in another of the same customer. Its messages stay where they were received, with address,
 * ids and ticks, and are read in the other's thread; so is what its address receives from now on. Labels and drafts
 * follow, assignee and team where the other has none, and the other opens where this one is open. Refused: itself, one
 * that was merged (`conversation_merged`), another customer's (`merge_other_customer`), spam (`merge_spam`).
 */
export async function mergeConversations(ctx: Ctx, input: MergeConversationInput): Promise<void> {
  const { conversationId, intoId } = mergeConversationInput.parse(input);
  if (conversationId === intoId) throw invalid({ intoId: "merge_itself_conversation" });
  await withTenant(ctx, async (tx) => {
    const { source, target } = await lockBoth(tx, conversationId, intoId);
    const names = await namesOf(tx, [source.id, target.id]);
    const taken = takenBy(target, source);
    const opened = openedBy(source, target);
    await putInto(ctx, tx, source, target, {
      at: ctx.clock.now().toISOString(),
      before: keptState(stateOf(source)),
      opened: opened && { before: keptState(stateOf(target)), after: keptState(opened) },
      labels: await bringLabels(ctx, tx, source.id, target.id),
      drafts: await bringDrafts(ctx, tx, source.id, target.id),
      ...taken,
    });
    await tx
      .update(conversations)
      .set({
        ...opened,
        ...(taken.assigneeId ? { assigneeId: taken.assigneeId, seekingSince: null } : {}),
        ...(taken.teamId ? { teamId: taken.teamId } : {}),
        updatedAt: ctx.clock.now(),
      })
      .where(eq(conversations.id, target.id));
    const messages = source.messageCount;
    await writeEvent(ctx, tx, source, { event: "merged", ...names.get(target.id)!, messages });
    await writeEvent(ctx, tx, target, { event: "absorbed", ...names.get(source.id)!, messages });
    await recordAudit(
      { ...ctx, tx },
      {
        action: "conversation.merge",
        entityType: "conversation",
        entityId: source.id,
        data: { into: target.id, messages },
      },
    );
    for (const { id } of [source, target]) {
      conversationChanged(tx, id);
      threadChanged(tx, id);
    }
  });
}

async function lockBoth(
  tx: TenantTx,
  conversationId: string,
  intoId: string,
): Promise<{ source: ConversationRow; target: ConversationRow }> {
  const rows = await tx
    .select()
    .from(conversations)
    .where(inArray(conversations.id, [conversationId, intoId]))
    .orderBy(conversations.id)
    .for("update");
  const source = rows.find(({ id }) => id === conversationId);
  const target = rows.find(({ id }) => id === intoId);
  if (!source || !target) throw notFound();
  if (source.customerId !== target.customerId) throw new DomainError("conflict", "merge_other_customer");
  const stands = [source.status, target.status];
  if (stands.includes("merged")) throw new DomainError("conflict", "conversation_merged");
  if (stands.includes("spam")) throw new DomainError("conflict", "merge_spam");
  return { source, target };
}

/** What the conversation that goes on lacks, and the other has. */
function takenBy(target: ConversationRow, source: ConversationRow): Pick<ConversationMerge, "assigneeId" | "teamId"> {
  return {
    assigneeId: target.assigneeId ? null : source.assigneeId,
    teamId: target.teamId ? null : source.teamId,
  };
}

/** Work that is open goes on where it can be seen. */
function openedBy(source: ConversationRow, target: ConversationRow): typeof openState | null {
  const isOpen = ({ status, archived }: ConversationRow) => status === "open" && !archived;
  return isOpen(source) && !isOpen(target) ? openState : null;
}

/** With whatever was merged into it before. What the two show is counted anew by the database. */
async function putInto(
  ctx: Ctx,
  tx: TenantTx,
  source: ConversationRow,
  target: ConversationRow,
  mergedState: ConversationMerge,
): Promise<void> {
  await tx.update(conversations).set({ threadId: target.id }).where(eq(conversations.threadId, source.id));
  await tx
    .update(conversations)
    .set({
      ...openState,
      status: "merged",
      seekingSince: null,
      mergedIntoId: target.id,
      threadId: target.id,
      mergedState,
      updatedAt: ctx.clock.now(),
    })
    .where(eq(conversations.id, source.id));
}
