import type { JsonObject, PersonRef } from "../contract.ts";
import { firstText, keyOf, objectOf } from "../read-json.ts";
import type { Update } from "./update.ts";

/** Which side wrote: `out` is the business itself, from the app or from another program. */
export type Direction = "in" | "out";

/** Who an event of a chat is with. An echo is written by the business: the customer is its recipient. */
export function partiesOf({ accountId, item }: Update): { direction: Direction; customerId: string | null } {
  const sender = firstText(objectOf(item?.sender), "id");
  const recipient = firstText(objectOf(item?.recipient), "id");
  const echo = objectOf(item?.message)?.is_echo === true || (sender !== null && sender === accountId);
  return echo ? { direction: "out", customerId: recipient } : { direction: "in", customerId: sender };
}

/** Who wrote a comment; the webhook names them by their Instagram-scoped id and user name. */
export function commenterOf(item: JsonObject | null): { id: string | null; username: string | null } {
  const from = objectOf(item?.from);
  return { id: firstText(from, "id"), username: firstText(from, "username") };
}

/** A person by their Instagram-scoped id. Messages carry no name: it is asked for afterwards. */
export function personOf(id: string, username: string | null = null): PersonRef {
  return {
    identities: [{ kind: "instagram_id", value: keyOf(id) }],
    name: username === null ? null : `@${username.slice(0, 100).toWellFormed()}`,
  };
}
