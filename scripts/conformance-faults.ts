import type { EventPart, InboundEvent } from "#server/providers/contract.ts";

/** What is wrong with a parsed event, or null: the promises of the provider contract, checked. */
export function faultOf(part: EventPart, event: InboundEvent, unknowns: string[]): string | null {
  if (part.dedupeKey === "") return "no key to tell a repetition";
  // What names no number or mailbox is about the address it came to; a message always names one.
  if (part.routingKeys.length === 0 && event.kind === "message") return "no routing key";
  if (event.kind === "ignored") return event.why === "" ? "ignored without a reason" : null;
  if (event.kind === "account") {
    return event.topic === "" || event.text === "" ? "account event without words" : timeFault(event.occurredAt);
  }
  if ("person" in event && event.person?.identities.length === 0) return "nobody";
  if ("messageId" in event && event.messageId === "") return "no message id";
  if ("content" in event) {
    if (event.content.text.trim() === "") return "nothing to read in a list";
    if (event.content.kind === "media" && event.content.media.length === 0) return "media without a file";
    if (event.content.kind === "unsupported" && unknowns.length === 0 && !event.content.data) {
      return "unsupported without a reason";
    }
  }
  return timeFault(event.occurredAt);
}

function timeFault(instant: Date | null): string | null {
  return instant !== null && Number.isNaN(instant.getTime()) ? "no instant" : null;
}
