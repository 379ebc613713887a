import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { partsOfThread } from "./find-conversation.ts";
import type { ReplyableConversation } from "./find-replyable.ts";
import type { ReplyState } from "./reply-rules.ts";
import type { ReplyInput } from "./schemas.ts";

/** Whether the business lets only the assignee write, and this member is somebody else. Owners and admins may always. */
export function isNotSender(ctx: Ctx, to: Pick<ReplyableConversation, "onlyAssigneeSends" | "assigneeId">): boolean {
  if (!to.onlyAssigneeSends || ctx.actor.type !== "member") return false;
  const { role, userId } = ctx.actor;
  return role !== "owner" && role !== "admin" && to.assigneeId !== userId;
}

/** What nothing else stands against may still be somebody else's to send. */
export function forThisMember(ctx: Ctx, of: Parameters<typeof isNotSender>[1], state: ReplyState): ReplyState {
  return state.refusal === null && isNotSender(ctx, of) ? { ...state, refusal: "only_assignee" } : state;
}

/**
 * Refuses an answer when a colleague answered, or just let go of an answer, after the last message that its writer
 * had seen: the customer would be told twice. Ids tell what came later. Nothing is asked when nothing
 * was seen, nor when the answer is one that was written before.
 */
export async function refuseSecondAnswer(
  ctx: Ctx,
  tx: TenantTx,
  { conversationId, seenId, idempotencyKey }: Pick<ReplyInput, "conversationId" | "seenId" | "idempotencyKey">,
): Promise<void> {
  if (!seenId) return;
  const [row] = await tx.raw.unsafe<{ answered: boolean }[]>(
    answered,
    [ctx.tenantId, conversationId, memberId(ctx), seenId, idempotencyKey],
    { prepare: true },
  );
  if (row?.answered) throw new DomainError("conflict", "answered_meanwhile");
}

const answered = `
  select not exists (select from messages where tenant_id = $1 and idempotency_key = $5)
     and (exists (select from messages
           where tenant_id = $1 and conversation_id in (${partsOfThread("$2::uuid")}) and id > $4::uuid and direction = 'out' and status <> 'failed'
             and author_id is not null and author_id is distinct from $3::uuid)
      or exists (select from scheduled_messages
           where tenant_id = $1 and conversation_id in (${partsOfThread("$2::uuid")}) and id > $4::uuid and held and status = 'scheduled'
             and author_id is distinct from $3::uuid)) as answered`;
