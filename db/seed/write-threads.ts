import { newId } from "#server/core/ids.ts";
import type { MessageReaction } from "../schema/messages.ts";
import { conversations } from "../schema/conversations.ts";
import { messages } from "../schema/messages.ts";
import { customerActivities } from "../schema/customers.ts";
import type { TenantTx } from "../tenant.ts";
import { demoFile } from "./demo-files.ts";
import { headOf, subjectOf } from "./mail-words.ts";
import type { PlannedMessage, PlannedThread } from "./plan-threads.ts";
import { callLineOf } from "./write-calls.ts";

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
        addressKind: thread.address.kind,
        addressValue: thread.address.value,
        ...ofMail(thread),
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
        type: activityOf(line),
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

/** Mails have subjects, and many threads with one person. */
function ofMail({ script, messages: [first], address }: PlannedThread) {
  if (script.channel !== "email") return {};
  return { threadKey: first?.externalId ?? "", subject: script.subject ?? null, participants: [address.value] };
}

function activityOf({ extra, direction }: PlannedMessage) {
  if (extra.call) return "call" as const;
  return direction === "in" ? ("message_received" as const) : ("message_sent" as const);
}

/** What the message says beside its text, as the readers of its provider would keep it. */
function dataOf(line: PlannedMessage): Record<string, unknown> | null {
  const { call, story, file } = line.extra;
  if (call) return callLineOf(line, call);
  const mail =
    line.thread.channel.provider === "email" && line.direction !== "internal" ? { mail: headOf(line) } : null;
  if (line.direction === "out" && file) return { ...mail, files: 1 };
  if (mail) return mail;
  return story ? { story: { mention: story === "mention", id: "17900000000000001" } } : null;
}

/** The files that a customer's message came with, as its provider named them. */
function mediaOf({ direction, extra, id }: PlannedMessage) {
  if (direction !== "in" || !extra.file) return [];
  const { kind, mimeType, fileName, bytes } = demoFile(extra.file);
  return [{ kind, mediaId: id, url: null, mimeType, fileName, bytes: bytes.byteLength, sha256: null, error: null }];
}

function reactionsOf({ extra, direction, at }: PlannedMessage): MessageReaction[] {
  if (!extra.reaction) return [];
  const by = direction === "out" ? "customer" : "business";
  return [{ by, emoji: extra.reaction, at: new Date(at.getTime() + 90_000).toISOString() }];
}

/** What came in lies in the log first, and is a message a moment later. */
const storedAfterMs = 430;

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
    media: mediaOf(line),
    data: dataOf(line),
    reactions: reactionsOf(line),
    subject: thread.channel.provider === "email" && line.direction !== "internal" ? subjectOf(line) : null,
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
    toAddress: outbound ? thread.address.value : null,
    authorId: line.authorId,
    read: line.read,
    webhookLogId: line.webhookLogId,
    attempts: outbound ? 1 : 0,
    lastAttemptAt: outbound ? line.at : null,
    occurredAt: line.at,
    createdAt: line.direction === "in" ? new Date(line.at.getTime() + storedAfterMs) : line.at,
    updatedAt: line.readAt ?? line.at,
  };
}
