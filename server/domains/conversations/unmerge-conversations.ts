import { eq, inArray } from "drizzle-orm";
import type { ConversationMerge } from "#db/schema/conversations.ts";
import { conversations } from "#db/schema/conversations.ts";
import { customers } from "#db/schema/customers.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";
import type { ConversationState } from "./conversation-state.ts";
import { isSameState, openState, readState, stateOf } from "./conversation-state.ts";
import type { ConversationRow } from "./find-conversation.ts";
import { lockAddress } from "./find-conversation.ts";
import { takeDraftsBack, takeLabelsBack } from "./merge-belongings.ts";
import { namesOf } from "./name-conversations.ts";
import type { ConversationRef } from "./schemas.ts";
import { writeEvent } from "./write-event.ts";

/**
 * Takes a merge back: the conversation stands where it stood, with what was said on its address before and since, and
 * open where its customer waits in it since. The other gives back what it had from it, as far as nobody has changed
 * that; what was written on its own address, and for members only, stays there. `not_merged_conversation` otherwise.
 */
export async function unmergeConversations(ctx: Ctx, { conversationId }: ConversationRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const merged = await lockAddress(tx, conversationId);
    const { mergedIntoId, threadId, mergedState: merge } = merged;
    if (!mergedIntoId || !threadId || !merge) throw new DomainError("conflict", "not_merged_conversation");
    await separate(ctx, tx, merged, threadId, readState(merge.before));
    const rows = await rowsOf(tx, [conversationId, mergedIntoId]);
    const [own, other] = [rows.get(conversationId)!, rows.get(mergedIntoId)!];
    await reopen(tx, own, merge);
    await giveBack(tx, own, other, merge);
    const names = await namesOf(tx, [own.id, other.id]);
    const messages = own.messageCount;
    await writeEvent(ctx, tx, own, { event: "unmerged", ...names.get(other.id)!, messages });
    await writeEvent(ctx, tx, other, { event: "released", ...names.get(own.id)!, messages });
    await recordAudit(
      { ...ctx, tx },
      {
        action: "conversation.unmerge",
        entityType: "conversation",
        entityId: own.id,
        data: { from: other.id, messages },
      },
    );
    for (const id of new Set([own.id, other.id, threadId])) {
      conversationChanged(tx, id);
      threadChanged(tx, id);
    }
  });
}

/** It is read by itself again, with what had been merged into it. What is shown is counted anew by the database. */
async function separate(
  ctx: Ctx,
  tx: TenantTx,
  { id }: ConversationRow,
  threadId: string,
  before: ConversationState,
): Promise<void> {
  await tx
    .update(conversations)
    .set({ ...before, mergedIntoId: null, threadId: null, mergedState: null, updatedAt: ctx.clock.now() })
    .where(eq(conversations.id, id));
  await tx.raw.unsafe(
    `with recursive below (id) as (
       select id from conversations where tenant_id = $1 and thread_id = $3::uuid and merged_into_id = $2::uuid
       union
       select part.id from below
         join conversations part on part.tenant_id = $1 and part.thread_id = $3::uuid and part.merged_into_id = below.id)
     update conversations set thread_id = $2::uuid where tenant_id = $1 and id = any (array(select id from below))`,
    [tx.tenantId, id, threadId],
    { prepare: true },
  );
}

async function rowsOf(tx: TenantTx, ids: readonly string[]): Promise<Map<string, ConversationRow>> {
  const rows = await tx
    .select()
    .from(conversations)
    .where(inArray(conversations.id, [...ids]));
  if (rows.length < ids.length) throw notFound();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Who was blocked meanwhile is in the spam; who wrote meanwhile and waits is not put away. */
async function reopen(tx: TenantTx, own: ConversationRow, { at }: ConversationMerge): Promise<void> {
  if (own.status === "open" && !own.archived) {
    const [customer] = await tx
      .select({ status: customers.status })
      .from(customers)
      .where(eq(customers.id, own.customerId));
    if (customer?.status === "blocked") await stand(tx, own.id, { ...openState, status: "spam" });
  } else if (waitsSince(own, at)) await stand(tx, own.id, openState);
}

/** Labels, assignee, team, drafts, and where it stood before the merge opened it, unless its own customer waits. */
async function giveBack(
  tx: TenantTx,
  own: ConversationRow,
  other: ConversationRow,
  { at, labels, drafts, assigneeId, teamId, opened }: ConversationMerge,
): Promise<void> {
  await takeLabelsBack(tx, other.id, labels);
  await takeDraftsBack(tx, { from: other.id, to: own.id, userIds: drafts, mergedAt: at });
  const gone = {
    ...(assigneeId && other.assigneeId === assigneeId ? { assigneeId: null } : {}),
    ...(teamId && other.teamId === teamId ? { teamId: null } : {}),
  };
  if (Object.keys(gone).length > 0) await tx.update(conversations).set(gone).where(eq(conversations.id, other.id));
  if (opened && isSameState(stateOf(other), readState(opened.after)) && !waitsSince(other, at))
    await stand(tx, other.id, readState(opened.before));
}

/** Its customer wrote since, and has no answer. */
function waitsSince({ waitingSince, lastInboundAt }: ConversationRow, at: string): boolean {
  return waitingSince !== null && lastInboundAt !== null && lastInboundAt > new Date(at);
}

async function stand(tx: TenantTx, id: string, state: ConversationState): Promise<void> {
  await tx.update(conversations).set(state).where(eq(conversations.id, id));
}
