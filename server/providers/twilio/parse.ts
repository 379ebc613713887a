import type { InboundEvent, JsonObject, ParsedEvent } from "../contract.ts";
import { firstText, objectOf, unknownKeys, unknownOf } from "../read-json.ts";
import { knownParameters } from "./known-fields.ts";
import { parseCall } from "./parse-call.ts";
import { parseConsent } from "./parse-consent.ts";
import { readCall } from "./read-call.ts";
import { parseMessage } from "./parse-message.ts";
import { parseStatus } from "./parse-status.ts";
import { kindOfPost } from "./post-kind.ts";
import type { Reading } from "./reading.ts";
import { timeOf } from "./split.ts";

const numbered = /^Media(?:Url|ContentType)\d+$/;

/** What one post of Twilio means. Pure; unknown input is `ignored` and says why. */
export function parse(payload: JsonObject, receivedAt: Date): ParsedEvent {
  const form = objectOf(payload.form);
  const call = objectOf(payload.call);
  if (call) return { event: readCall(call, receivedAt), unknowns: [] };
  if (!form) return parseOther(payload);
  const reading: Reading = {
    form,
    payload,
    tracking: firstText(payload, "tracking"),
    occurredAt: timeOf(form) ?? receivedAt,
    unknowns: unknownKeys(form, knownParameters, "params").filter(
      (unknown) => !numbered.test(unknown.slice("params.".length, unknown.indexOf("="))),
    ),
  };
  const event = eventOf(reading, payload.part === "consent");
  return { event, unknowns: reading.unknowns };
}

function eventOf(reading: Reading, consent: boolean): InboundEvent {
  if (consent) return parseConsent(reading);
  switch (kindOfPost(reading.form)) {
    case "message":
      return parseMessage(reading);
    case "status":
      return parseStatus(reading);
    case "call":
      return parseCall(reading);
    case "unknown":
      reading.unknowns.push(unknownOf("params", Object.keys(reading.form).slice(0, 10)));
      return { kind: "ignored", why: "neither a message nor a call" };
  }
}

function parseOther(payload: JsonObject): ParsedEvent {
  const type = firstText(objectOf(payload.event), "type") ?? "unknown";
  return {
    event: { kind: "ignored", why: "Twilio event stream" },
    unknowns: [unknownOf("event.type", type)],
  };
}
