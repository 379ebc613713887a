import { messages } from "#db/schema/messages.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId, ruleMark } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { KeptState } from "./conversation-state.ts";
import type { ConversationRow } from "./find-conversation.ts";

/** What members see happened between the messages; the interface words it. Names as they were at the time. */
export type ConversationEvent =
  | { event: "assigned"; toId: string; toName: string }
  | { event: "unassigned" }
  | { event: "team"; toId: string; toName: string }
  | { event: "no_team" }
  | ({ event: "resolved" | "reopened" | "archived" | "unarchived" | "spam" | "not_spam" | "undone" } & KeptStates)
  | ({ event: "snoozed"; until: string | null } & KeptStates)
  | { event: "blocked" | "unblocked" }
  /** Said of what a rule does only: a member sees the label. */
  | { event: "labelled" | "unlabelled"; name: string }
  /** Of two that were merged or parted: what the other is called, and how much was said in the one that goes on there. */
  | { event: "merged" | "unmerged" | "absorbed" | "released"; name: string; channelType: string; messages: number };

interface KeptStates {
  before: KeptState;
  after: KeptState;
}

type Of = Pick<ConversationRow, "id" | "customerId" | "channelId" | "channelType">;

/** A line of the thread that is not a message. Answers its id. */
export async function writeEvent(
  ctx: Ctx,
  tx: TenantTx,
  conversation: Of,
  event: ConversationEvent,
): Promise<string | null> {
  return writeInternal(ctx, tx, conversation, { kind: "event", text: "", data: { ...event }, idempotencyKey: null });
}

/** Writes a note or an event; null when its idempotency key was used before. */
export async function writeInternal(
  ctx: Ctx,
  tx: TenantTx,
  conversation: Of,
  written: {
    kind: "note" | "event";
    text: string;
    data: Record<string, unknown> | null;
    idempotencyKey: string | null;
  },
): Promise<string | null> {
  const now = ctx.clock.now();
  const [row] = await tx
    .insert(messages)
    .values({
      ...written,
      ...(ctx.actor.type === "rule" ? { data: { ...written.data, ...ruleMark(ctx) } } : {}),
      tenantId: ctx.tenantId,
      id: newId(),
      conversationId: conversation.id,
      customerId: conversation.customerId,
      channelId: conversation.channelId,
      channelType: conversation.channelType,
      direction: "internal",
      status: "received",
      authorId: memberId(ctx),
      read: true,
      occurredAt: now,
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: messages.id });
  return row?.id ?? null;
}
