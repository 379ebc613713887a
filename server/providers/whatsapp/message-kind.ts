import type { JsonObject } from "../contract.ts";
import { firstText } from "../read-json.ts";

const bodies = [
  "text",
  "image",
  "audio",
  "video",
  "document",
  "sticker",
  "location",
  "contacts",
  "interactive",
  "button",
  "order",
  "reaction",
  "edit",
  "revoke",
  "system",
] as const;

/** The message's type; where Meta left it out, the name of the body that is there. */
export function kindOfMessage(message: JsonObject): string {
  return firstText(message, "type") ?? bodies.find((body) => Object.hasOwn(message, body)) ?? "unknown";
}
