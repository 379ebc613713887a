import type { ChannelAccess, IdentityKind, SendOutcome } from "../contract.ts";
import { firstText, instantOf, listOf, objectOf } from "../read-json.ts";
import { outcomeOf } from "./answers.ts";
import { getAccount } from "./client.ts";
import { channelTypeOf } from "./credentials.ts";
import { addressFor } from "./send.ts";

/** Twilio's clock and ours may differ by this much, and a request may hang for as long. */
const aroundMs = 2 * 60_000;
/** A message that Twilio does not list after this long never reached it. */
const listedWithinMs = 10 * 60_000;

export interface SoughtMessage {
  id: string;
  to: { kind: IdentityKind; value: string };
  text: string;
  sentAt: Date;
  /** The provider's ids of our other messages to this person: they are not this one. */
  known: readonly string[];
}

/**
 * Looks for a message in Twilio's own list, by whom it went to, when, and what it says: Twilio's
 * resource carries no id of ours. The earliest that is nobody else's is it.
 */
export async function findSent(channel: ChannelAccess, sought: SoughtMessage): Promise<SendOutcome | null> {
  const answer = outcomeOf(
    await getAccount(channel, "Messages.json", {
      To: addressFor(sought.to, channelTypeOf(channel.credentials) === "whatsapp"),
      "DateSent>": dayOf(sought.sentAt.getTime() - aroundMs),
      PageSize: "200",
    }),
    channel,
  );
  if (answer.outcome !== "ok") return null;
  const messages = listOf(answer.value.messages).map(objectOf);
  const ours = messages
    .filter((one) => firstText(one, "direction")?.startsWith("outbound"))
    .filter((one) => (firstText(one, "body") ?? "").trim() === sought.text.trim())
    .map((one) => ({ sid: firstText(one, "sid") ?? "", at: instantOf(one?.date_created)?.getTime() ?? 0 }))
    .filter(({ sid, at }) => sid !== "" && !sought.known.includes(sid) && isAround(at, sought.sentAt.getTime()))
    .toSorted((a, b) => a.at - b.at);
  const [found] = ours;
  if (found) return { outcome: "accepted", providerMessageId: found.sid };
  return Date.now() - sought.sentAt.getTime() > listedWithinMs && messages.length < 200
    ? { outcome: "refused", class: "permanent", code: "never_arrived", text: "Twilio never received the message" }
    : null;
}

function isAround(at: number, sentAt: number): boolean {
  return at >= sentAt - aroundMs && at <= sentAt + aroundMs;
}

/** Twilio compares whole days, in UTC. */
function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
