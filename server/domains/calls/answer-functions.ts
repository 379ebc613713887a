import { and, desc, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { assistantVersions } from "#db/schema/assistants.ts";
import { callLogs } from "#db/schema/calls.ts";
import { tenants } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { findByPhone } from "#server/domains/customers/index.ts";
import type { LiveAnswer, LiveQuestion } from "#server/providers/contract.ts";
import type { KnownCaller, SpeakingCall } from "./functions/define-call-function.ts";
import { functionLimitMs, runCallFunction } from "./functions/run-call-function.ts";
import type { FunctionAnswer } from "./functions/run-once.ts";
import { runOnce } from "./functions/run-once.ts";
import type { CallRow } from "./call-row.ts";
import { holdCalls } from "./hold-calls.ts";

type Question = Extract<LiveQuestion, { kind: "functions" }>;
type Answer = Extract<LiveAnswer, { kind: "functions" }>;

/**
 * Runs the functions that a voice agent asks for, one after the other, and answers each in a sentence. A provider that asks
 * again, even while the first still runs, hears what that one came to: nothing is done twice.
 */
export async function answerFunctions(
  ctx: Ctx,
  channelId: string,
  question: Question,
  tooLate: AbortSignal = AbortSignal.timeout(functionLimitMs + 1_000),
): Promise<Answer> {
  const call = await beginAnswering(ctx, channelId, question, tooLate);
  const { callId } = call;
  const answers = new Map<string, FunctionAnswer>();
  for (const one of question.calls) {
    if (answers.has(one.key)) continue;
    const answer = callId ? await runOnce(ctx, { ...call, callId }, one) : await runCallFunction(ctx, call, one);
    answers.set(one.key, answer);
  }
  if (callId) publish(ctx.tenantId, "calls", [callId]);
  const results = question.calls.map(({ key, name }) => {
    const { result, error, transferTo } = answers.get(key)!;
    return { key, name, result, error, transferTo };
  });
  return { kind: "functions", results };
}

/** The call's row, begun if no event of it was applied yet, who is on the line, and how to speak with them. */
async function beginAnswering(
  ctx: Ctx,
  channelId: string,
  question: Question,
  signal: AbortSignal,
): Promise<SpeakingCall> {
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const { from: caller } = question;
    const [rules, customer, known] = await Promise.all([
      readRules(tx, channelId),
      caller === null ? null : findByPhone(inner, caller),
      findCall(tx, channelId, question.callId),
    ]);
    const call = known ?? (await beginCall(inner, channelId, question.callId));
    return {
      callId: call?.id ?? null,
      channelId,
      conversationId: call?.conversationId ?? null,
      caller,
      customer: customer ?? named(call, rules.timezone),
      ...rules,
      signal,
    };
  });
}

type Call = Pick<CallRow, "id" | "conversationId" | "customerId">;

/** Without holding it: its events are taken in meanwhile. */
async function findCall(tx: TenantTx, channelId: string, externalId: string): Promise<Call | null> {
  if (externalId === "") return null;
  const { id, conversationId, customerId } = callLogs;
  const [call] = await tx
    .select({ id, conversationId, customerId })
    .from(callLogs)
    .where(
      and(eq(callLogs.tenantId, tx.tenantId), eq(callLogs.channelId, channelId), eq(callLogs.externalId, externalId)),
    );
  return call ?? null;
}

/** The row of a call of which no event was applied yet; null where the provider named none. */
async function beginCall(ctx: Ctx, channelId: string, callId: string): Promise<Call | null> {
  if (callId === "") return null;
  const event = { callId, direction: "in" as const, occurredAt: ctx.clock.now() };
  const [held] = (await holdCalls(ctx, [{ channelId, event }])).values();
  return held?.row ?? null;
}

/** Whom a caller without a number said they are, earlier in the call. */
function named(call: Call | null, timezone: string): KnownCaller | null {
  const customerId = call?.customerId ?? null;
  return customerId === null ? null : { customerId, name: null, timezone, sure: false };
}

/** What the business wants of its agent on this channel, as far as it said. */
async function readRules(
  tx: TenantTx,
  channelId: string,
): Promise<Pick<SpeakingCall, "language" | "timezone" | "allowed" | "transferTo">> {
  const [[tenant], [version]] = await Promise.all([
    tx
      .select({ language: tenants.locale, timezone: tenants.timezone })
      .from(tenants)
      .where(eq(tenants.id, tx.tenantId)),
    tx
      .select({ definition: assistantVersions.definition })
      .from(assistantVersions)
      .where(and(eq(assistantVersions.tenantId, tx.tenantId), eq(assistantVersions.channelId, channelId)))
      .orderBy(desc(assistantVersions.number))
      .limit(1),
  ]);
  const definition = version?.definition;
  return {
    language: definition?.language ?? tenant?.language ?? "fr",
    timezone: tenant?.timezone ?? "Europe/Paris",
    allowed: definition?.functions ?? null,
    transferTo: definition?.transferTo || null,
  };
}
