import { expect, test } from "vitest";
import { MalformedPost } from "../contract.ts";
import { readPost, receivedAt, sampleFiles, samplePost } from "../testing-samples.ts";
import { whatsapp } from "./index.ts";

const read = (name: string) => readPost(whatsapp, samplePost("whatsapp", `${name}.json`));
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

test("a post of many is one event each, for each number, and a bad item loses no other", () => {
  const events = read("many");
  expect(events.map(({ part }) => part.type)).toEqual([
    "message.text",
    "message.text",
    "message.malformed",
    "message.text",
    "status.sent",
    "status.delivered",
    "message.text",
  ]);
  expect(events.map(({ event }) => (event.kind === "message" ? event.person.name : event.kind))).toEqual([
    "Camille Fictive",
    "Noé Fictif",
    "ignored",
    "Camille Fictive",
    "status",
    "status",
    "Zoé Fictive",
  ]);
  expect(events[6]?.part.routingKeys).toEqual(["whatsapp:number:206540352242922"]);
  expect(new Set(events.map(({ part }) => part.dedupeKey)).size).toBe(7);
});

test("a delivery made again has the same keys", () => {
  for (const file of sampleFiles("whatsapp")) {
    const keys = () => whatsapp.split(samplePost("whatsapp", file)).map((part) => part.dedupeKey);
    expect(keys()).toEqual(keys());
  }
});

test("the older guide's test post finds its number in the entry; the public endpoint does not read it so", () => {
  const post = samplePost("whatsapp", "guide-test-post.json");
  expect(whatsapp.splitTest?.(post.body)[0]?.routingKeys).toEqual(["whatsapp:number:106540352242922"]);
  expect(whatsapp.split(post)[0]?.routingKeys).toEqual(["whatsapp:account:106540352242922"]);
  const real = samplePost("whatsapp", "many.json");
  expect(whatsapp.splitTest?.(real.body)).toEqual(whatsapp.split(real));
});

test.each([
  ["nothing", ""],
  ["text", "bonjour"],
  ["half a post", '{"object":"whatsapp_business_account","entry":[{"id":"1"'],
  ["a list", "[]"],
  ["a number", "7"],
  ["no entry", "{}"],
  ["entry of a wrong type", { entry: {} }],
  ["deep nesting", `{"entry":[${"[".repeat(100)}${"]".repeat(100)}]}`],
  ["very deep nesting", `{"entry":${"[".repeat(1_000_000)}`],
  ["more events than Meta sends", { entry: Array.from({ length: 6000 }, () => null) }],
])("%s is malformed", (_, body) => {
  expect(() => whatsapp.split({ url: "https://x.example/", headers: {}, body: bytes(body) })).toThrow(MalformedPost);
});

test("brackets inside text are no nesting", () => {
  const text = `${"[{".repeat(200)}\\"`;
  const body = bytes({
    entry: [
      {
        id: "1",
        changes: [{ field: "messages", value: { messages: [{ id: "a", from: "33639981234", text: { body: text } }] } }],
      },
    ],
  });
  const [part] = whatsapp.split({ url: "https://x.example/", headers: {}, body });
  expect(part && whatsapp.parse(part.payload, receivedAt).event).toMatchObject({
    content: { text },
    occurredAt: receivedAt,
  });
});

test("what PostgreSQL cannot store is taken out", () => {
  const body = bytes(
    '{"entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"id":"a\\u0000","from":"33639981234","text":{"body":"x\\u0000y\\ud800z"}}]}}]}]}',
  );
  const [part] = whatsapp.split({ url: "https://x.example/", headers: {}, body });
  expect(JSON.stringify(part)).not.toMatch(/\\u0000|\\ud800/);
  expect(part?.externalId).toBe("a");
});

test("shared data is repeated in every event only while it is small", () => {
  const contact = { wa_id: "33639981234", profile: { name: "x".repeat(500_000) } };
  const messages = Array.from({ length: 1000 }, (_, index) => ({
    id: `m${index}`,
    from: "33639981234",
    text: { body: "a" },
  }));
  const body = bytes({
    entry: [
      {
        id: "1",
        changes: [{ field: "messages", value: { contacts: [contact], messages, extra: "y".repeat(500_000) } }],
      },
    ],
  });
  const parts = whatsapp.split({ url: "https://x.example/", headers: {}, body });
  expect(parts).toHaveLength(1000);
  expect(JSON.stringify(parts).length).toBeLessThan(2_000_000);
});
