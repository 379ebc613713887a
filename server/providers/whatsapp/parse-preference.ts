import type { InboundEvent } from "../contract.ts";
import { firstText, unknownKeys, unknownOf } from "../read-json.ts";
import { known } from "./known-fields.ts";
import type { Reading } from "./reading.ts";

const granted: Readonly<Record<string, boolean>> = { stop: false, resume: true, signup: true };

/** The customer's answer to marketing: stop, resume, or a sign-up by link. */
export function parsePreference({ item, person, occurredAt, unknowns }: Reading): InboundEvent {
  unknowns.push(...unknownKeys(item, known.preference, "preference"));
  const category = firstText(item, "category");
  const value = firstText(item, "value") ?? "";
  if (!person) return { kind: "ignored", why: "preference of nobody" };
  const answer = Object.hasOwn(granted, value) ? granted[value] : undefined;
  if (answer === undefined || category !== "marketing_messages") {
    unknowns.push(unknownOf("preference", `${category}:${value}`));
    return { kind: "ignored", why: "unknown preference" };
  }
  return { kind: "consent", person, scope: "marketing", granted: answer, occurredAt };
}
