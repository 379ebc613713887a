import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { Assignee } from "#server/domains/members/index.ts";
import { listAssignees } from "#server/domains/members/index.ts";
import type { Draft } from "#server/domains/drafts/index.ts";
import { readDraft } from "#server/domains/drafts/index.ts";
import type { QuickReply } from "#server/domains/quick-replies/index.ts";
import { listQuickReplies } from "#server/domains/quick-replies/index.ts";
import type { TemplateSummary } from "#server/domains/templates/index.ts";
import { listTemplates } from "#server/domains/templates/index.ts";
import type { ConversationDetail } from "./get-conversation.ts";
import { getConversation } from "./get-conversation.ts";
import type { Thread } from "./list-thread.ts";
import { listThread } from "./list-thread.ts";
import type { ScheduledSummary } from "./list-scheduled.ts";
import { listScheduled } from "./list-scheduled.ts";
import type { ConversationRef } from "./schemas.ts";

/** A member whom work can be given to, and whether they are there. */
export type Colleague = Omit<Assignee, "userId"> & { id: string };

/** What is needed to write in a conversation. */
export interface OpenComposer {
  conversation: ConversationDetail;
  /** Whom it can be assigned to. */
  colleagues: Colleague[];
  quickReplies: QuickReply[];
  /** What may still be sent where free text may not; empty where it may. */
  templates: TemplateSummary[];
  /** What the member was writing here, on whichever device; null when nothing. */
  draft: Draft | null;
  /** What leaves later, and what could not. */
  scheduled: ScheduledSummary[];
}

export interface OpenConversation extends OpenComposer {
  thread: Thread;
}

/** All that the conversation's page shows, in one transaction and six statements (seven where the reply window is closed). */
export async function openConversation(ctx: Ctx, ref: ConversationRef): Promise<OpenConversation> {
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const [composer, thread] = await Promise.all([openComposer(inner, ref), listThread(inner, ref)]);
    return { ...composer, thread };
  });
}

/** All that one needs to write in a conversation, in five statements (six where the reply window is closed). */
export async function openComposer(ctx: Ctx, ref: ConversationRef): Promise<OpenComposer> {
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const [conversation, assignees, quickReplies, draft, scheduled] = await Promise.all([
      getConversation(inner, ref),
      listAssignees(inner),
      listQuickReplies(inner),
      readDraft(inner, ref),
      listScheduled(inner, ref),
    ]);
    const colleagues = assignees.map(({ userId, ...who }) => ({ id: userId, ...who }));
    const templates = await templatesFor(inner, conversation);
    return { conversation, colleagues, quickReplies, templates, draft, scheduled };
  });
}

async function templatesFor(ctx: Ctx, { channel, reply }: ConversationDetail): Promise<TemplateSummary[]> {
  if (reply.refusal !== "window_closed") return [];
  const { templates } = await listTemplates(ctx, { channelId: channel.id, usable: true, limit: 200 });
  return templates;
}
