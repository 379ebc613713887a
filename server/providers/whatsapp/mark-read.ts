import type { ApiOutcome, ChannelAccess } from "../contract.ts";
import { outcomeOf } from "./answers.ts";
import { postGraph } from "./client.ts";

/** Blue ticks for the customer: this message and those before it were read. */
export async function markRead(channel: ChannelAccess, { id }: { id: string }): Promise<ApiOutcome<null>> {
  const path = `${channel.credentials.phone_number_id ?? ""}/messages`;
  const body = { messaging_product: "whatsapp", status: "read", message_id: id };
  const answer = outcomeOf(await postGraph(channel, path, body), channel);
  return answer.outcome === "ok" ? { outcome: "ok", value: null } : answer;
}
