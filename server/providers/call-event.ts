import { internationalPhone } from "#server/core/phones.ts";
import type { InboundEvent, Json, JsonObject, MediaRef, PersonRef } from "./contract.ts";
import { objectOf } from "./read-json.ts";

export type CallEvent = Extract<InboundEvent, { kind: "call" }>;
export type CallTurn = NonNullable<CallEvent["transcript"]>[number];

/** What an event says of a call; what it leaves out is null. */
export function callEvent(
  says: Pick<CallEvent, "callId" | "occurredAt" | "direction"> & Partial<CallEvent>,
): CallEvent {
  return {
    kind: "call",
    status: null,
    person: null,
    from: null,
    to: null,
    forwardedFrom: null,
    assistantId: null,
    startedAt: null,
    answeredAt: null,
    endedAt: null,
    durationSeconds: null,
    costCents: null,
    currency: null,
    recording: null,
    transcript: null,
    summary: null,
    sentiment: null,
    endedReason: null,
    ...says,
  };
}

/** Who is on the line; nobody where the number is withheld or none (`anonymous`, a SIP address). */
export function callerOf(number: string | null, name: string | null): PersonRef | null {
  const phone = number === null ? null : internationalPhone(number);
  if (phone === null) return null;
  return { identities: [{ kind: "phone", value: phone, raw: number! }], name: name?.slice(0, 200) ?? null };
}

/** A number as it is stored: E.164 where it is one, else what the provider named. */
export function lineOf(number: string | null): string | null {
  return number === null ? null : (internationalPhone(number) ?? number.slice(0, 100).toWellFormed());
}

/** A recording by its address. `callId` finds a fresh address once that one has died. */
export function recordingOf(url: string | null, callId: string): MediaRef | null {
  if (url === null || url.length > 4_000 || !URL.canParse(url)) return null;
  const empty = { mimeType: null, fileName: null, bytes: null, sha256: null, error: null };
  return { kind: "audio", mediaId: callId, url, ...empty };
}

/** Whole seconds between two instants; null when one is missing or they are the wrong way round. */
export function secondsBetween(from: Date | null, to: Date | null): number | null {
  if (from === null || to === null || to < from) return null;
  return Math.round((to.getTime() - from.getTime()) / 1000);
}

/** A number that may be a duration or a price: finite, not negative, within what a call can reach. */
export function amountOf(value: Json | undefined, most = 1_000_000): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 && value <= most ? value : null;
}

const sentiments = ["positive", "neutral", "negative", "mixed"] as const;

/** How the customer felt, as a model said it in a word of its own spelling. */
export function sentimentOf(word: string | null): CallEvent["sentiment"] {
  return sentiments.find((sentiment) => sentiment === word?.toLowerCase()) ?? null;
}

/** Words that were said or written, bounded. */
export function wordsOf(text: string | null): string | null {
  return text === null || text.trim() === "" ? null : text.slice(0, 20_000).toWellFormed();
}

/** Arguments of a function: an object, or JSON text of one. Anything else is no arguments. */
export function argumentsOf(value: Json | undefined): JsonObject {
  if (typeof value !== "string") return objectOf(value) ?? {};
  if (value.length > 65_536) return {};
  try {
    return objectOf(JSON.parse(value) as Json) ?? {};
  } catch {
    return {};
  }
}

/** What a voice can say: one line, at most so long. */
export function spokenLine(text: string, most: number): string {
  return text.replace(/\s+/g, " ").trim().slice(0, most).toWellFormed();
}
