import { newId } from "#server/core/ids.ts";
import { callFunctions, callLogs } from "../schema/calls.ts";
import type { TenantTx } from "../tenant.ts";
import type { PlannedMessage, PlannedThread } from "./plan-threads.ts";
import type { DemoCall } from "./shape.ts";

/** The calls that stand in the threads, with what was said and what the voice agent looked up. */
export async function writeCalls(tx: TenantTx, threads: readonly PlannedThread[]): Promise<void> {
  const lines = threads.flatMap(({ messages }) => messages.filter(({ extra }) => extra.call !== undefined));
  const made = lines.map((line) => ({ line, id: callIdOf(line) }));
  await tx.insert(callLogs).values(made.map(({ line, id }) => callRow(tx.tenantId, id, line)));
  await tx.insert(callFunctions).values(made.flatMap(({ line, id }) => functionsOf(tx.tenantId, id, line)));
}

const calls = new WeakMap<PlannedMessage, string>();

/** What a thread shows of a call without opening it. */
export function callLineOf(line: PlannedMessage, call: DemoCall): Record<string, unknown> {
  return {
    callId: callIdOf(line),
    status: statusOf(call),
    seconds: call.missed ? null : call.seconds,
    underWay: false,
    missed: call.missed ?? false,
    summary: call.missed ? null : call.summary,
    sentiment: call.missed ? null : call.sentiment,
    cost: call.missed ? null : { cents: call.costCents, currency: "USD" },
    turns: call.turns.length,
    recorded: false,
    endedReason: endedReasonOf(line),
  };
}

const statusOf = ({ missed }: DemoCall) => (missed ? "no_answer" : "completed");

function endedReasonOf({ thread, extra }: PlannedMessage): string {
  if (extra.call?.missed) return "customer-did-not-answer";
  return thread.channel.provider === "vapi" ? "customer-ended-call" : "user_hangup";
}

/** The id of a line's call, the same whoever asks. */
function callIdOf(line: PlannedMessage): string {
  const id = calls.get(line) ?? newId(line.at.getTime());
  calls.set(line, id);
  return id;
}

function callRow(tenantId: string, id: string, line: PlannedMessage): typeof callLogs.$inferInsert {
  const { channel, customerId, address } = line.thread;
  const call = line.extra.call!;
  const { seconds, costCents, summary, sentiment, turns, missed = false } = call;
  const endedAt = new Date(line.at.getTime() + seconds * 1000);
  return {
    tenantId,
    id,
    channelId: channel.id,
    provider: channel.provider,
    externalId: line.externalId ?? "",
    customerId,
    conversationId: line.thread.id,
    messageId: line.id,
    assistantId: channel.assistantId ?? null,
    fromNumber: address.value,
    toNumber: channel.address,
    direction: "in",
    status: statusOf(call),
    durationSeconds: missed ? null : seconds,
    costCents: missed ? null : costCents,
    currency: "USD",
    transcript: turns.map(([speaker, text, at]) => ({ speaker, text, at })),
    summary: missed ? null : summary,
    sentiment: missed ? null : sentiment,
    actionsPerformed: actionsOf(line),
    endedReason: endedReasonOf(line),
    startedAt: line.at,
    answeredAt: missed ? null : line.at,
    endedAt,
    webhookLogId: line.webhookLogId,
    createdAt: line.at,
    updatedAt: endedAt,
  };
}

/** What the voice agent did, and what it said of it. */
function actionsOf({ at, extra }: PlannedMessage): Record<string, unknown>[] {
  const { turns } = extra.call!;
  return turns.flatMap(([speaker, name, second], place) =>
    speaker === "tool"
      ? [
          {
            name,
            at: new Date(at.getTime() + second * 1000).toISOString(),
            result: turns[place + 1]?.[1] ?? "",
            error: null,
          },
        ]
      : [],
  );
}

/** Calls are about the tickets that were opened from their threads. */
export async function linkCalls(tx: TenantTx): Promise<void> {
  await tx.raw`
    update call_logs call
       set ticket_id = (select id from tickets where tenant_id = call.tenant_id and conversation_id = call.conversation_id order by id limit 1)
     where call.status = 'completed'`;
}

function functionsOf(tenantId: string, callId: string, { at, extra }: PlannedMessage) {
  return extra
    .call!.turns.filter(([speaker]) => speaker === "tool")
    .map(([, name, second]) => {
      const askedAt = new Date(at.getTime() + second * 1000);
      const asked = { key: newId(), name, arguments: {}, result: askedAt.toISOString(), milliseconds: 14 };
      return { tenantId, id: newId(askedAt.getTime()), callId, ...asked, createdAt: askedAt };
    });
}
