import { parseMail } from "#server/mail/index.ts";
import type { JsonObject, ParsedEvent } from "../contract.ts";
import { listOf, objectOf } from "../read-json.ts";

/** What a stored mail means, seen from the mailbox it was found in. */
export function parse(payload: JsonObject, receivedAt: Date): ParsedEvent {
  const own = listOf(payload.own).filter((one) => typeof one === "string");
  return parseMail(objectOf(payload.mail) ?? {}, receivedAt, own);
}
