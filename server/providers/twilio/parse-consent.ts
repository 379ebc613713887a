import type { InboundEvent } from "../contract.ts";
import { firstText } from "../read-json.ts";
import { personOf } from "./address.ts";
import { consentIn } from "./post-kind.ts";
import type { Reading } from "./reading.ts";

/** STOP and START: the whole channel, because the carrier blocks every message after a STOP. */
export function parseConsent({ form, occurredAt }: Reading): InboundEvent {
  const consent = consentIn(form);
  const from = firstText(form, "From");
  if (consent === null || from === null) return { kind: "ignored", why: "consent of nobody" };
  const person = personOf(from, firstText(form, "ProfileName"), firstText(form, "ExternalUserId"));
  return { kind: "consent", person, scope: "all", granted: consent === "start", occurredAt };
}
