import type { ApiOutcome, ChannelAccess } from "../contract.ts";
import { firstText } from "../read-json.ts";
import { getGraph } from "./client.ts";
import { refusalOf } from "./refusals.ts";

/** The name that a person who wrote shows on their profile, else their user name; null when they show none. */
export async function fetchProfile(
  channel: ChannelAccess,
  person: { kind: string; value: string },
): Promise<ApiOutcome<{ name: string | null }>> {
  const answer = await getGraph(channel, encodeURIComponent(person.value), { fields: "name,username" });
  const refusal = refusalOf(answer, [channel.credentials.access_token]);
  if (refusal) return refusal;
  const body = answer.kind === "answered" ? answer.body : null;
  const username = firstText(body, "username");
  const name = firstText(body, "name") ?? (username === null ? null : `@${username}`);
  return { outcome: "ok", value: { name: name?.slice(0, 200).toWellFormed() ?? null } };
}
