import { eq } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { announce } from "#server/domains/automation/index.ts";
import { planSurveys } from "#server/domains/surveys/index.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";
import type { ConversationState } from "./conversation-state.ts";
import { keptState, openState, stateOf } from "./conversation-state.ts";
import type { ConversationRow } from "./find-conversation.ts";
import { lockConversation } from "./find-conversation.ts";
import type { ArchiveInput, ConversationRef, SpamInput } from "./schemas.ts";
import type { ConversationEvent } from "./write-event.ts";
import { writeEvent } from "./write-event.ts";

/** What takes a change back: the event that tells of it. Null where nothing changed. */
export interface ChangedState {
  eventId: string | null;
}

/** Nothing more is owed to the customer for now; their next message reopens it. Nothing happens when it is so already. */
export async function resolveConversation(ctx: Ctx, { conversationId }: ConversationRef): Promise<ChangedState> {
  return changeState(ctx, conversationId, "resolved", ({ status }) =>
    status === "resolved" ? null : { ...resolvedBy(ctx), snoozedUntil: null },
  );
}

/** Back among the open ones: out of the archive, awake, and no spam. */
export async function reopenConversation(ctx: Ctx, { conversationId }: ConversationRef): Promise<ChangedState> {
  return changeState(ctx, conversationId, "reopened", ({ status, archived }) =>
    status === "open" && !archived ? null : openState,
  );
}

/** Puts a conversation out of sight, resolved; or takes it out of the archive, as it was. */
export async function archiveConversation(
  ctx: Ctx,
  { conversationId, archived = true }: ArchiveInput,
): Promise<ChangedState> {
  return changeState(ctx, conversationId, archived ? "archived" : "unarchived", (row) => {
    if (row.archived === archived) return null;
    const ends = archived && row.status !== "resolved";
    return { archived, ...(ends ? { ...resolvedBy(ctx), snoozedUntil: null } : {}) };
  });
}

/** Puts a conversation among the spam, where what is written to it makes no noise; or takes it out, open again. */
export async function markSpam(ctx: Ctx, { conversationId, spam = true }: SpamInput): Promise<ChangedState> {
  return changeState(ctx, conversationId, spam ? "spam" : "not_spam", ({ status }) =>
    (status === "spam") === spam ? null : spam ? { ...openState, status: "spam" } : openState,
  );
}

function resolvedBy(ctx: Ctx): Partial<ConversationState> {
  return { status: "resolved", resolvedAt: ctx.clock.now(), resolvedBy: memberId(ctx) };
}

const actions = {
  resolved: "resolve",
  reopened: "reopen",
  archived: "archive",
  unarchived: "unarchive",
  snoozed: "snooze",
  spam: "mark_spam",
  not_spam: "unmark_spam",
  undone: "undo",
} as const satisfies Partial<Record<ConversationEvent["event"], string>>;

/** Writes a new state with its line in the thread and its trace; `changes` answers null where there is nothing to do. */
export async function changeState(
  ctx: Ctx,
  conversationId: string,
  event: keyof typeof actions,
  changes: (
    row: ConversationRow,
    tx: TenantTx,
  ) => Partial<ConversationState> | null | Promise<Partial<ConversationState> | null>,
): Promise<ChangedState> {
  return withTenant(ctx, async (tx) => {
    const row = await lockConversation(tx, conversationId);
    const set = await changes(row, tx);
    if (!set) return { eventId: null };
    const before = stateOf(row);
    const after = { ...before, ...set };
    await tx
      .update(conversations)
      .set({ ...set, updatedAt: ctx.clock.now() })
      .where(eq(conversations.id, conversationId));
    const kept = { before: keptState(before), after: keptState(after) };
    const until = event === "snoozed" ? { until: kept.after.snoozedUntil } : {};
    const eventId = await writeEvent(ctx, tx, row, { event, ...until, ...kept } as ConversationEvent);
    await recordAudit(
      { ...ctx, tx },
      {
        action: `conversation.${actions[event]}`,
        entityType: "conversation",
        entityId: conversationId,
        data: until,
      },
    );
    if (event === "resolved")
      await planSurveys({ ...ctx, tx }, [{ conversationId, ticketId: null, assigneeId: row.assigneeId }]);
    if (event === "resolved") await announce({ ...ctx, tx }, [{ event: "conversation_resolved", conversationId }]);
    conversationChanged(tx, conversationId);
    threadChanged(tx, conversationId);
    return { eventId };
  });
}
