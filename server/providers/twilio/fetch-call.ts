import type { ApiOutcome, ChannelAccess, JsonObject } from "../contract.ts";
import { outcomeOf } from "./answers.ts";
import { getAccount } from "./client.ts";

/** The call as Twilio knows it, for `parse` to read; null: it knows none. */
export async function fetchCall(channel: ChannelAccess, callId: string): Promise<ApiOutcome<JsonObject | null>> {
  const answer = await getAccount(channel, `Calls/${encodeURIComponent(callId)}.json`);
  if (answer.kind === "answered" && answer.status === 404) return { outcome: "ok", value: null };
  const outcome = outcomeOf(answer, channel);
  return outcome.outcome === "ok" ? { outcome: "ok", value: { call: outcome.value } } : outcome;
}
