import type { Viewer } from "#server/auth/viewer.ts";
import { notFound } from "#server/core/errors.ts";
import type { CallStandIn } from "#server/providers/stand-in.ts";
import { lineOfKind } from "./play-line.ts";
import type { CallRef, FunctionInput, RingInput, SayInput } from "./schemas.ts";

/** The customer rings the business. Answers the provider's call id. */
export async function ringAsCustomer(viewer: Viewer | null, input: RingInput): Promise<{ callId: string }> {
  const { accountId, standIn } = await lineOfKind(viewer, input.channelId, "call");
  return { callId: standIn.ring(accountId, { address: input.address, name: input.name || null }) };
}

/** The customer says something. */
export async function sayAsCustomer(viewer: Viewer | null, { text, ...ref }: SayInput): Promise<void> {
  (await phoneInHand(viewer, ref)).say(ref.callId, text);
}

/** The voice agent calls one of our functions; answers what it was told. */
export async function callFunctionAsAgent(
  viewer: Viewer | null,
  { name, arguments: args, ...ref }: FunctionInput,
): Promise<{ result: string }> {
  return { result: await (await phoneInHand(viewer, ref)).callFunction(ref.callId, name, args) };
}

/** The customer hangs up; the report follows. */
export async function hangUpAsCustomer(viewer: Viewer | null, ref: CallRef): Promise<void> {
  (await phoneInHand(viewer, ref)).hangUp(ref.callId);
}

/** The line's telephone, where this call goes on it: another tenant's call is none. */
async function phoneInHand(viewer: Viewer | null, { channelId, callId }: CallRef): Promise<CallStandIn> {
  const { accountId, standIn } = await lineOfKind(viewer, channelId, "call");
  if (!standIn.calls(accountId).some((call) => call.id === callId)) throw notFound();
  return standIn;
}
