import { eq } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";
import type { ConversationRow } from "./find-conversation.ts";
import { lockConversation } from "./find-conversation.ts";
import type { ArchiveInput, ConversationRef } from "./schemas.ts";
import type { ConversationEvent } from "./write-event.ts";
import { writeEvent } from "./write-event.ts";

/** Nothing more is owed to the customer for now; their next message reopens it. Nothing happens when it is so already. */
export async function resolveConversation(ctx: Ctx, { conversationId }: ConversationRef): Promise<void> {
  await change(ctx, conversationId, "resolved", (row) =>
    row.status === "resolved" ? null : { status: "resolved", resolvedAt: ctx.clock.now(), resolvedBy: memberId(ctx) },
  );
}

/** Back among the open ones, out of the archive too. */
export async function reopenConversation(ctx: Ctx, { conversationId }: ConversationRef): Promise<void> {
  await change(ctx, conversationId, "reopened", (row) =>
    row.status === "open" && !row.archived
      ? null
      : { status: "open", archived: false, resolvedAt: null, resolvedBy: null },
  );
}

/** Puts a conversation out of sight, resolved; or takes it out of the archive, as it was. */
export async function archiveConversation(ctx: Ctx, { conversationId, archived = true }: ArchiveInput): Promise<void> {
  await change(ctx, conversationId, archived ? "archived" : "unarchived", (row) => {
    if (row.archived === archived) return null;
    const resolved = { status: "resolved" as const, resolvedAt: ctx.clock.now(), resolvedBy: memberId(ctx) };
    return { archived, ...(archived && row.status === "open" ? resolved : {}) };
  });
}

const actions = { resolved: "resolve", reopened: "reopen", archived: "archive", unarchived: "unarchive" } as const;

async function change(
  ctx: Ctx,
  conversationId: string,
  event: keyof typeof actions,
  changes: (row: ConversationRow) => Partial<ConversationRow> | null,
): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const row = await lockConversation(tx, conversationId);
    const set = changes(row);
    if (!set) return;
    await tx
      .update(conversations)
      .set({ ...set, updatedAt: ctx.clock.now() })
      .where(eq(conversations.id, conversationId));
    await writeEvent(ctx, tx, row, { event } satisfies ConversationEvent);
    await recordAudit(
      { ...ctx, tx },
      {
        action: `conversation.${actions[event]}`,
        entityType: "conversation",
        entityId: conversationId,
      },
    );
    conversationChanged(tx, conversationId);
    threadChanged(tx, conversationId);
  });
}
