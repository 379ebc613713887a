import { z } from "zod";
import type { StoredConversationState } from "#db/schema/conversations.ts";
import { conversationStatuses } from "#db/schema/conversations.ts";
import type { ConversationRow } from "./find-conversation.ts";

/** Where a conversation stands among the views. */
export type ConversationState = Pick<
  ConversationRow,
  "status" | "archived" | "snoozedUntil" | "resolvedAt" | "resolvedBy"
>;

export function stateOf({
  status,
  archived,
  snoozedUntil,
  resolvedAt,
  resolvedBy,
}: ConversationRow): ConversationState {
  return { status, archived, snoozedUntil, resolvedAt, resolvedBy };
}

const instant = z.iso
  .datetime()
  .nullable()
  .transform((at) => (at === null ? null : new Date(at)));

const kept = z.object({
  status: z.enum(conversationStatuses),
  archived: z.boolean(),
  snoozedUntil: instant,
  resolvedAt: instant,
  resolvedBy: z.uuid().nullable(),
});

/** Among the open ones. */
export const openState = {
  status: "open",
  archived: false,
  snoozedUntil: null,
  resolvedAt: null,
  resolvedBy: null,
} as const satisfies ConversationState;

/** A state as the event that changed it, or a merge, keeps it: instants in words. */
export type KeptState = StoredConversationState;

export function keptState({ status, archived, snoozedUntil, resolvedAt, resolvedBy }: ConversationState): KeptState {
  return {
    status,
    archived,
    snoozedUntil: snoozedUntil?.toISOString() ?? null,
    resolvedAt: resolvedAt?.toISOString() ?? null,
    resolvedBy,
  };
}

/** A state that was kept. */
export function readState(state: KeptState): ConversationState {
  return kept.parse(state);
}

/** The states before and after that an event keeps; null of an event that changed none. */
export function readKeptStates(
  data: Record<string, unknown> | null,
): { before: ConversationState; after: ConversationState } | null {
  const read = z.object({ before: kept, after: kept }).safeParse(data);
  return read.success ? read.data : null;
}

/** Whether two states are the same; when and by whom it was resolved is left out. */
export function isSameState(a: ConversationState, b: ConversationState): boolean {
  return (
    a.status === b.status &&
    a.archived === b.archived &&
    (a.snoozedUntil?.getTime() ?? null) === (b.snoozedUntil?.getTime() ?? null)
  );
}
