import { and, eq } from "drizzle-orm";
import { messages } from "#db/schema/messages.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import type { ChangedState } from "./change-conversation-status.ts";
import { changeState } from "./change-conversation-status.ts";
import { isSameState, readKeptStates, stateOf } from "./conversation-state.ts";
import type { UndoInput } from "./schemas.ts";

/**
 * Takes back that a conversation was resolved, archived, snoozed or marked as spam, by the event that tells of it.
 * Refused with `conflict` once it stands elsewhere: the customer wrote, or somebody else acted.
 */
export async function undoConversationChange(ctx: Ctx, { conversationId, eventId }: UndoInput): Promise<ChangedState> {
  return changeState(ctx, conversationId, "undone", async (row, tx) => {
    const [event] = await tx
      .select({ data: messages.data })
      .from(messages)
      .where(and(eq(messages.id, eventId), eq(messages.conversationId, conversationId), eq(messages.kind, "event")));
    const states = event ? readKeptStates(event.data) : null;
    if (!states) throw notFound();
    if (!isSameState(stateOf(row), states.after)) throw new DomainError("conflict", "changed_meanwhile");
    return states.before;
  });
}
