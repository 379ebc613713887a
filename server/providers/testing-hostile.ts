import fc from "fast-check";
import { expect } from "vitest";
import { MalformedPost, type Json, type JsonObject, type Provider, type RawPost } from "./contract.ts";
import { receivedAt } from "./testing-samples.ts";

/** Any JSON, with a liking for the keys and shapes the parsers look for. */
export const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Json>(
      null,
      true,
      false,
      0,
      -1,
      1e308,
      1795255200,
      "",
      "sent",
      "text",
      "__proto__",
      "constructor",
      "\u0000",
      "\ud800",
    ),
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.double({ noNaN: true }),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          "id",
          "type",
          "from",
          "timestamp",
          "text",
          "body",
          "errors",
          "context",
          "field",
          "value",
          "event",
          "to",
          "contacts",
          "messages",
          "statuses",
          "__proto__",
          "constructor",
          "toString",
          "hasOwnProperty",
        ),
        fc.string({ maxLength: 8 }),
      ),
      tie("json"),
      { maxKeys: 6 },
    ),
  ),
}));

/** A sample with some of its values, chosen by their order, replaced or removed. */
export function mutate(sample: Json, changes: { at: number; to: Json | undefined }[]): Json {
  let place = 0;
  const walk = (value: Json): Json | undefined => {
    const change = changes.find(({ at }) => at === place);
    place += 1;
    if (change) return change.to;
    if (Array.isArray(value)) return value.flatMap((item) => walk(item) ?? []);
    if (value === null || typeof value !== "object") return value;
    const entries = Object.entries(value).map(([key, inner]) => [key, walk(inner)] as const);
    return Object.fromEntries(entries.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined));
  };
  return walk(sample) ?? null;
}

/** What to change in a JSON sample. */
export const jsonChanges = fc.array(fc.record({ at: fc.nat({ max: 60 }), to: fc.option(json, { nil: undefined }) }), {
  minLength: 1,
  maxLength: 4,
});

/** A sample with one byte changed, or cut short there. */
export const spoilt = (samples: readonly Uint8Array[]) =>
  fc.tuple(fc.constantFrom(...samples), fc.nat(), fc.nat({ max: 255 }), fc.boolean()).map(([text, at, byte, cut]) => {
    const copy = Uint8Array.from(text);
    copy[at % copy.length] = byte;
    return cut ? copy.subarray(0, at % copy.length) : copy;
  });

/** A form sample with parameters changed, repeated or removed. */
export const spoiltForm = (samples: readonly string[]) => {
  const change = fc.record({
    at: fc.nat({ max: 40 }),
    to: fc.option(
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 40 }),
        fc.constantFrom("received", "stop", "ringing", "-1", "1e9"),
      ),
      { nil: undefined },
    ),
    repeat: fc.boolean(),
  });
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([sample, changes]) => {
      const fields = [...new URLSearchParams(sample)].flatMap(([name, value], index): [string, string][] => {
        const found = changes.find(({ at }) => at === index);
        if (!found) return [[name, value]];
        if (found.to === undefined) return [];
        return found.repeat
          ? [
              [name, value],
              [name, found.to],
            ]
          : [[name, found.to]];
      });
      return new URLSearchParams(fields).toString();
    });
};

/** Splits and parses; only a malformed post may throw. What comes out must be fit to store. */
export async function readHostile(
  provider: Provider,
  body: string | Uint8Array,
  headers: string | RawPost["headers"],
): Promise<void> {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const named = typeof headers === "string" ? { "content-type": headers } : headers;
  const post = { url: "https://guichet.example/webhooks", headers: named, body: bytes };
  let parts;
  try {
    parts = await provider.split(post);
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedPost);
    return;
  }
  for (const part of parts) {
    const kept = JSON.stringify(part);
    expect(kept).not.toMatch(/\\u0000|\\ud[89a-f]/i);
    expect(part.dedupeKey.length).toBeLessThanOrEqual(255);
    expect(part.type.length).toBeLessThanOrEqual(64);
    expect((part.externalId ?? "").length).toBeLessThanOrEqual(255);
    for (const key of part.routingKeys) expect(key.length).toBeLessThanOrEqual(255);
    checkParse(provider, JSON.parse(JSON.stringify(part.payload)) as JsonObject);
  }
}

export function checkParse(provider: Provider, payload: JsonObject): void {
  const { event, unknowns } = provider.parse(payload, receivedAt);
  expect(Array.isArray(unknowns)).toBe(true);
  if ("occurredAt" in event && event.occurredAt) expect(event.occurredAt.getTime()).toBeGreaterThan(0);
  if ("person" in event && event.person) expect(event.person.identities.length).toBeGreaterThan(0);
  if ("content" in event) expect(event.content.text).not.toBe("");
  if ("messageId" in event) expect(event.messageId).toMatch(/^[^]{1,259}$/);
}
