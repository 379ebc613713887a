import type { EventPart } from "../contract.ts";
import { firstText, objectOf } from "../read-json.ts";
import { isSnsAddress } from "./sns-message.ts";

/**
 * Says yes to a topic that wants to post to us: only after its signature was verified, and only at an
 * address of SNS's own. Answers false for a part that asks for nothing.
 */
export async function confirm(part: EventPart): Promise<boolean> {
  const sns = objectOf(part.payload.sns);
  const address = firstText(sns, "SubscribeURL");
  if (firstText(sns, "Type") !== "SubscriptionConfirmation" || !address || !isSnsAddress(address)) return false;
  const response = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(10_000) });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`SNS answered ${response.status}`);
  return true;
}
