import { customerNameOf, memberNameOf } from "#db/look-ups.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { Flight, FlightKind, FlightStep } from "./flight-step.ts";
import { inOrder } from "./flight-step.ts";
import { repetitions, stepsOfLog } from "./steps-of-log.ts";

interface MessageFacts {
  id: string;
  direction: "in" | "out" | "internal";
  status: string;
  conversationId: string;
  customerName: string | null;
  channelName: string | null;
  authorName: string | null;
  sentByAi: boolean;
  echo: boolean;
  templateName: string | null;
  externalId: string | null;
  attempts: number;
  lastAttemptAt: Date | null;
  sentAt: Date | null;
  failedAt: Date | null;
  errorCode: string | null;
  errorMessage: string | null;
  webhookLogId: string | null;
  occurredAt: Date;
  createdAt: Date;
}

/** The way of one message, from the post that brought it or the hand that wrote it to the last we heard of it. */
export async function flightOfMessage(ctx: Ctx, id: string): Promise<Flight> {
  return withTenant(ctx, async (tx) => {
    const message = await findMessage(tx, id);
    const [cameIn, repeated, events, after] = await Promise.all([
      stepsOfLog(ctx, tx, message.webhookLogId),
      message.direction === "in" ? repetitions(tx, message.externalId) : [],
      eventsOf(tx, id),
      message.direction === "in" ? whatFollowed(tx, message) : [],
    ]);
    const own = message.direction === "in" ? [stored(message)] : goingOut(message);
    const { conversationId, direction, customerName, channelName } = message;
    const subject = {
      kind: "message",
      id,
      conversationId,
      ticketNumber: null,
      direction,
      customerName,
      channelName,
    } as const;
    return { subject, steps: inOrder([...cameIn, ...own, ...repeated, ...events, ...after]) };
  });
}

async function findMessage(tx: TenantTx, id: string): Promise<MessageFacts> {
  const [row] = await tx.raw.unsafe<MessageFacts[]>(
    `select id, direction, status, conversation_id as "conversationId", ${customerNameOf("customer_id")} as "customerName",
            (select name from channel_configurations where tenant_id = $1 and id = channel_id) as "channelName",
            ${memberNameOf("author_id")} as "authorName", sent_by_ai as "sentByAi", echo, template_name as "templateName",
            external_id as "externalId", attempts, last_attempt_at as "lastAttemptAt", sent_at as "sentAt",
            failed_at as "failedAt", error_code as "errorCode", error_message as "errorMessage",
            webhook_log_id as "webhookLogId", occurred_at as "occurredAt", created_at as "createdAt"
       from messages where tenant_id = $1 and id = $2`,
    [tx.tenantId, id],
    { prepare: true },
  );
  if (!row) throw notFound();
  return row;
}

const stored = ({ createdAt }: MessageFacts): FlightStep => ({ at: createdAt, kind: "stored", state: "ok" });

/** Ours: who wrote it, how often it was tried, and what the provider answered to the sending itself. */
function goingOut(message: MessageFacts): FlightStep[] {
  const by = message.echo ? "app" : message.sentByAi ? "ai" : message.authorName ? "member" : "rule";
  const facts = { by, name: message.authorName, template: message.templateName };
  const steps: FlightStep[] = [{ at: message.createdAt, kind: "written", state: "ok", facts }];
  if (message.attempts > 0) {
    steps.push({ at: message.lastAttemptAt, kind: "tried", state: "ok", facts: { count: message.attempts } });
  }
  if (message.externalId && !message.echo) {
    steps.push({ at: message.sentAt, kind: "accepted", state: "ok", facts: { externalId: message.externalId } });
  }
  if (message.status === "unknown") steps.push({ at: null, kind: "unknown", state: "wait" });
  if (message.status === "failed") {
    const words = message.errorMessage ?? message.errorCode;
    steps.push({ at: message.failedAt, kind: "failed", state: "bad", facts: { words } });
  }
  return steps;
}

const kindsOfStatus: Record<string, FlightKind> = { delivered: "delivered", read: "read" };

/**
 * What the provider told of it afterwards, when it told it: its own times are whole seconds and would stand
 * before what caused them. What became of the sending is said by the message itself.
 */
async function eventsOf(tx: TenantTx, messageId: string): Promise<FlightStep[]> {
  const rows = await tx.raw.unsafe<
    { kind: string; status: string | null; emoji: string | null; at: Date; logId: string | null }[]
  >(
    `select kind, data ->> 'status' as status, data ->> 'emoji' as emoji, created_at as at, webhook_log_id as "logId"
       from message_events where tenant_id = $1 and message_id = $2 order by id limit 200`,
    [tx.tenantId, messageId],
    { prepare: true },
  );
  return rows.flatMap(({ kind, status, emoji, at, logId }): FlightStep[] => {
    const step = kind === "status" ? kindsOfStatus[status ?? ""] : eventKinds[kind];
    if (!step) return [];
    const facts = step === "reacted" ? { facts: { emoji } } : {};
    return [{ at, kind: step, state: "ok", ...(logId ? { logId } : {}), ...facts }];
  });
}

const eventKinds: Record<string, FlightKind> = { reaction: "reacted", edit: "edited", revoke: "revoked" };

/** The ticket it opened or reopened, and the first answer to it. */
async function whatFollowed(tx: TenantTx, message: MessageFacts): Promise<FlightStep[]> {
  const [[ticket], [answer]] = await Promise.all([
    tx.raw.unsafe<{ number: number; createdAt: Date }[]>(
      `select number::int, created_at as "createdAt" from tickets
        where tenant_id = $1 and id = (select ticket_id from webhook_logs where tenant_id = $1 and id = $2)`,
      [tx.tenantId, message.webhookLogId] as never[],
      { prepare: true },
    ),
    tx.raw.unsafe<{ id: string; at: Date; name: string | null }[]>(
      `select id, occurred_at as at, ${memberNameOf("author_id")} as name from messages
        where tenant_id = $1 and conversation_id = $2 and direction = 'out' and occurred_at >= $3
        order by occurred_at, id limit 1`,
      [tx.tenantId, message.conversationId, message.occurredAt] as never[],
      { prepare: true },
    ),
  ]);
  const steps: FlightStep[] = [];
  if (ticket) {
    const isNew = ticket.createdAt >= message.createdAt;
    steps.push({ at: null, kind: "ticket", state: "ok", facts: { number: ticket.number, isNew } });
  }
  if (answer) {
    const seconds = Math.round((answer.at.getTime() - message.occurredAt.getTime()) / 1_000);
    steps.push({
      at: answer.at,
      kind: "answered",
      state: "ok",
      facts: { messageId: answer.id, name: answer.name, seconds },
    });
  }
  return steps;
}
