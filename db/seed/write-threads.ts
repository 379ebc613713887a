import { newId } from "#server/core/ids.ts";
import { conversations, messages } from "../schema/conversations.ts";
import { customerActivities } from "../schema/customers.ts";
import type { TenantTx } from "../tenant.ts";
import type { PlannedMessage, PlannedThread } from "./plan-threads.ts";

/** Conversations, their messages and what the customers' timelines say of them. */
export async function writeThreads(tx: TenantTx, threads: PlannedThread[]): Promise<void> {
  const { tenantId } = tx;
  await tx.insert(conversations).values(
    threads.map((thread) => {
      const resolved = thread.script.status === "resolved";
      return {
        tenantId,
        id: thread.id,
        customerId: thread.customerId,
        channelId: thread.channel.id,
        channelType: thread.channel.channelType,
        addressKind: "phone",
        addressValue: thread.phone,
        status: resolved ? ("resolved" as const) : ("open" as const),
        assigneeId: thread.assigneeId,
        lastMessageAt: thread.startedAt,
        resolvedAt: resolved ? new Date(thread.endedAt.getTime() + 60_000) : null,
        resolvedBy: resolved ? thread.assigneeId : null,
        createdAt: thread.startedAt,
        updatedAt: thread.endedAt,
      };
    }),
  );
  const lines = threads.flatMap((thread) => thread.messages);
  await tx.insert(messages).values(lines.map((line) => messageRow(tenantId, line)));
  await tx.insert(customerActivities).values(
    lines
      .filter((line) => line.direction !== "internal")
      .map((line) => ({
        tenantId,
        id: newId(line.at.getTime()),
        customerId: line.thread.customerId,
        type: line.direction === "in" ? ("message_received" as const) : ("message_sent" as const),
        channel: line.thread.channel.channelType,
        description: line.text.slice(0, 200),
        messageId: line.id,
        conversationId: line.thread.id,
        createdBy: line.authorId,
        occurredAt: line.at,
        createdAt: line.at,
      })),
  );
}

function messageRow(tenantId: string, line: PlannedMessage): typeof messages.$inferInsert {
  const { thread } = line;
  const outbound = line.direction === "out";
  return {
    tenantId,
    id: line.id,
    conversationId: thread.id,
    customerId: thread.customerId,
    channelId: thread.channel.id,
    channelType: thread.channel.channelType,
    direction: line.direction,
    kind: line.kind,
    text: line.text,
    status: line.status,
    sentAt: outbound && !line.error ? new Date(line.at.getTime() + 900) : null,
    deliveredAt: line.deliveredAt,
    readAt: line.readAt,
    failedAt: line.error ? new Date(line.at.getTime() + 1_200) : null,
    errorCode: line.error?.code ?? null,
    errorMessage: line.error?.text ?? null,
    provider: line.direction === "internal" ? null : thread.channel.provider,
    externalId: line.error ? null : line.externalId,
    idempotencyKey: outbound ? line.id : null,
    toAddress: outbound ? thread.phone : null,
    authorId: line.authorId,
    read: line.read,
    webhookLogId: line.webhookLogId,
    attempts: outbound ? 1 : 0,
    lastAttemptAt: outbound ? line.at : null,
    occurredAt: line.at,
    createdAt: line.at,
    updatedAt: line.readAt ?? line.at,
  };
}
