import { messages } from "#db/schema/conversations.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
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
  | { event: "blocked" | "unblocked" };

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
