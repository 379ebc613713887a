import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { listAssignees } from "#server/domains/members/index.ts";
import type { QuickReply } from "#server/domains/quick-replies/index.ts";
import { listQuickReplies } from "#server/domains/quick-replies/index.ts";
import type { TemplateSummary } from "#server/domains/templates/index.ts";
import { listTemplates } from "#server/domains/templates/index.ts";
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
  /** What may still be sent where free text may not; empty where it may. */
  templates: TemplateSummary[];
}

/** All that the conversation's page shows, in one transaction and four statements (five where the reply window is closed). */
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
    return { conversation, thread, colleagues, quickReplies, templates: await templatesFor(inner, conversation) };
  });
}

async function templatesFor(ctx: Ctx, { channel, reply }: ConversationDetail): Promise<TemplateSummary[]> {
  if (reply.refusal !== "window_closed") return [];
  const { templates } = await listTemplates(ctx, { channelId: channel.id, usable: true, limit: 200 });
  return templates;
}
