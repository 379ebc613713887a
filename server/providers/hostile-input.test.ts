import fc from "fast-check";
import { expect, test } from "vitest";
import { MalformedPost, type Json, type JsonObject, type Provider } from "./contract.ts";
import { readJson } from "./read-json.ts";
import { providers } from "./registry.ts";
import { receivedAt, sampleFiles, samplePost } from "./testing-samples.ts";

/** Any JSON, with a liking for the keys and shapes the parsers look for. */
const { json } = fc.letrec<{ json: Json }>((tie) => ({
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
function mutate(sample: Json, changes: { at: number; to: Json | undefined }[]): Json {
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

/** Splits and parses; only a malformed post may throw. What comes out must be fit to store. */
function readAll(provider: Provider, body: string | Uint8Array, contentType: string): void {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const post = { url: "https://guichet.example/webhooks", headers: { "content-type": contentType }, body: bytes };
  let parts;
  try {
    parts = provider.split(post);
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

function checkParse(provider: Provider, payload: JsonObject): void {
  const { event, unknowns } = provider.parse(payload, receivedAt);
  expect(Array.isArray(unknowns)).toBe(true);
  if ("occurredAt" in event && event.occurredAt) expect(event.occurredAt.getTime()).toBeGreaterThan(0);
  if ("person" in event) expect(event.person.identities.length).toBeGreaterThan(0);
  if ("content" in event) expect(event.content.text).not.toBe("");
  if ("messageId" in event) expect(event.messageId).toMatch(/^[^]{1,259}$/);
}

const whatsappSamples = sampleFiles("whatsapp").map((file) => readJson(samplePost("whatsapp", file).body));
const twilioSamples = sampleFiles("twilio").map((file) => new TextDecoder().decode(samplePost("twilio", file).body));

test("WhatsApp samples with anything in the place of anything", () => {
  const mutations = fc.array(fc.record({ at: fc.nat({ max: 60 }), to: fc.option(json, { nil: undefined }) }), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(fc.constantFrom(...whatsappSamples), mutations, (sample, changes) => {
      readAll(providers.whatsapp, JSON.stringify(mutate(sample, changes)), "application/json");
    }),
    { numRuns: 4000 },
  );
});

test("WhatsApp samples cut short or with bytes flipped", () => {
  const texts = whatsappSamples.map((sample) => Buffer.from(JSON.stringify(sample)));
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.nat(), fc.nat({ max: 255 }), fc.boolean(), (text, at, byte, cut) => {
      const copy = Uint8Array.from(text);
      copy[at % copy.length] = byte;
      readAll(providers.whatsapp, cut ? copy.subarray(0, at % copy.length) : copy, "application/json");
    }),
    { numRuns: 2000 },
  );
});

test("Twilio forms with parameters changed, repeated, removed", () => {
  const change = fc.record({
    at: fc.nat({ max: 40 }),
    to: fc.option(
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 40 }),
        fc.constantFrom("received", "stop", "ringing", "-1", "1e9"),
      ),
      {
        nil: undefined,
      },
    ),
    repeat: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...twilioSamples),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      (sample, changes) => {
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
        readAll(providers.twilio, new URLSearchParams(fields).toString(), "application/x-www-form-urlencoded");
      },
    ),
    { numRuns: 3000 },
  );
});

test("any bytes under any content type", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom("application/json", "text/plain", ""),
      (bytes, type) => {
        readAll(providers.whatsapp, bytes, type);
        readAll(providers.twilio, bytes, type);
      },
    ),
    { numRuns: 1000 },
  );
});

test("parse takes any payload that a log might hold", () => {
  const object = fc.dictionary(
    fc.constantFrom("id", "time", "field", "value", "form", "event", "part", "tracking"),
    json,
  );
  fc.assert(
    fc.property(object, (payload) => {
      for (const provider of Object.values(providers)) checkParse(provider, payload);
    }),
    { numRuns: 2000 },
  );
});

test("the deepest allowed nesting is read, one more is not", () => {
  const nested = (levels: number) => new TextEncoder().encode("[".repeat(levels) + "]".repeat(levels));
  expect(() => readJson(nested(64))).not.toThrow();
  expect(() => readJson(nested(65))).toThrow(MalformedPost);
});
