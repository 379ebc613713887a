import { and, asc, eq } from "drizzle-orm";
import { memberships, userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
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
    const [conversation, thread, colleagues, quickReplies] = await Promise.all([
      getConversation(inner, ref),
      listThread(inner, ref),
      listColleagues(inner),
      listQuickReplies(inner),
    ]);
    return { conversation, thread, colleagues, quickReplies };
  });
}

async function listColleagues(ctx: Ctx): Promise<{ id: string; name: string }[]> {
  return withTenant(ctx, (tx) =>
    tx
      .select({ id: memberships.userId, name: userProfiles.displayName })
      .from(memberships)
      .innerJoin(
        userProfiles,
        and(eq(userProfiles.tenantId, memberships.tenantId), eq(userProfiles.userId, memberships.userId)),
      )
      .where(eq(memberships.status, "active"))
      .orderBy(asc(userProfiles.displayName))
      .limit(500),
  );
}
