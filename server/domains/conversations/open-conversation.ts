import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { listAssignees } from "#server/domains/members/index.ts";
import type { QuickReply } from "#server/domains/quick-replies/index.ts";
import { listQuickReplies } from "#server/domains/quick-replies/index.ts";
import type { ConversationDetail } from "./get-conversation.ts";
import { getConversation } from "./get-conversation.ts";
import type { Thread } from "./list-thread.ts";
import { listThread } from "./list-thread.ts";
import type { ConversationRef } from "./schemas.ts";

export interface OpenConversation {
  conversation: ConversationDetail;
  thread: Thread;
  /** Whom it can be assigned to. */
  colleagues: { id: string; name: string }[];
  quickReplies: QuickReply[];
}

/** All that the conversation's page shows, in one transaction and four statements. */
export async function openConversation(ctx: Ctx, ref: ConversationRef): Promise<OpenConversation> {
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const [conversation, thread, assignees, quickReplies] = await Promise.all([
      getConversation(inner, ref),
      listThread(inner, ref),
      listAssignees(inner),
      listQuickReplies(inner),
    ]);
    const colleagues = assignees.map(({ userId, name }) => ({ id: userId, name }));
    return { conversation, thread, colleagues, quickReplies };
  });
}
