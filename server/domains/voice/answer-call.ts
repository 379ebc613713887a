import type { Ctx } from "#server/core/context.ts";
import type { LiveAnswer, LiveQuestion } from "#server/providers/contract.ts";
import { actionsAt } from "./call-plan.ts";
import { findCallPlan } from "./find-call-plan.ts";

/** Says what a caller meets next: the greeting and who is rung, the voicemail, or a goodbye. */
export async function answerCall(
  ctx: Ctx,
  channelId: string,
  { step, outcome, to }: Extract<LiveQuestion, { kind: "call" }>,
): Promise<Extract<LiveAnswer, { kind: "call" }>> {
  const plan = await findCallPlan(ctx, channelId, to);
  return { kind: "call", actions: actionsAt(plan, step, outcome) };
}
