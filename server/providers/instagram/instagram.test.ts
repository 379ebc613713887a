import { expect, test } from "vitest";
import type { InboundEvent } from "../contract.ts";
import { readPost, receivedAt, sampleFiles, samplePost } from "../testing-samples.ts";
import { instagram } from "./index.ts";

const read = (name: string) => readPost(instagram, samplePost("instagram", `${name}.json`));
const only = (name: string) => {
  const events = read(name);
  expect(events).toHaveLength(1);
  return events[0]!;
};
const messageOf = (name: string) => {
  const { event } = only(name);
  if (event.kind !== "message") throw new Error(`${name} is ${event.kind}`);
  return event;
};

const at = (milliseconds: number) => new Date(1795255200000 + milliseconds);
const camille = { identities: [{ kind: "instagram_id", value: "6120000000012345" }], name: null };

test("a direct message", () => {
  const { part, event, unknowns } = only("text");
  expect(part).toMatchObject({
    routingKeys: ["instagram:account:17841400008460056"],
    type: "message.text",
    externalId: "m_SAMPLE_TEXT",
    dedupeKey: "message:m_SAMPLE_TEXT",
    customerIdentifier: "6120000000012345",
    occurredAt: at(0),
  });
  expect(event).toEqual({
    kind: "message",
    direction: "in",
    messageId: "m_SAMPLE_TEXT",
    person: camille,
    content: { kind: "text", text: "Bonjour, avez-vous encore des tulipes ?", media: [], data: null },
    replyToId: null,
    occurredAt: at(0),
  });
  expect(unknowns).toEqual([]);
});

test.each([
  ["text-in-changes", "m_SAMPLE_CHANGES"],
  ["text-flat", "m_SAMPLE_FLAT"],
  ["text-standby", "m_SAMPLE_STANDBY"],
])("%s is the same message in another envelope", (name, id) => {
  const { part, event, unknowns } = only(name);
  expect(part).toMatchObject({ routingKeys: ["instagram:account:17841400008460056"], type: "message.text" });
  expect(event).toMatchObject({ kind: "message", direction: "in", messageId: id, person: camille, occurredAt: at(0) });
  expect(unknowns).toEqual([]);
});

test.each<[string, string, string, string | null]>([
  ["image", "media", "📷", "image"],
  ["two-images", "media", "📷 📷", "image"],
  ["video", "media", "🎬", "video"],
  ["audio", "media", "🎤", "audio"],
  ["file", "media", "📄", "document"],
  ["share", "media", "🔗", "image"],
  ["ig-post", "media", "🔗 Bouquet", "image"],
  ["ig-reel", "media", "🎬 Le marché de samedi", "video"],
  ["story-mention", "media", "📣", "image"],
  ["story-reply", "text", "Magnifique !", "image"],
  ["like-heart", "text", "❤️", null],
  ["quick-reply", "interactive", "Oui", null],
  ["postback", "interactive", "Parler à quelqu'un", null],
  ["unsupported", "unsupported", "[unsupported]", null],
  ["hologram", "unsupported", "[hologram]", null],
])("%s is a message of kind %s that reads « %s »", (name, kind, text, file) => {
  const { content } = messageOf(name);
  expect(content).toMatchObject({ kind, text });
  expect(content.media[0]?.kind ?? null).toBe(file);
  for (const media of content.media)
    expect(media).toMatchObject({ mediaId: null, url: expect.stringContaining("https") });
});

test("files say when there is none, and types we do not know are listed", () => {
  expect(messageOf("image-without-file").content.media).toMatchObject([{ url: null, error: "no file in the message" }]);
  expect(only("hologram").unknowns).toEqual(["attachment.type=hologram"]);
});

test("what a message is about is kept beside it", () => {
  expect(messageOf("story-reply").content.data).toEqual({ story: { mention: false, id: "18000000000000003" } });
  expect(messageOf("story-mention").content.data).toEqual({ story: { mention: true, id: null } });
  expect(messageOf("ig-reel").content.data).toMatchObject({ share: { type: "ig_reel", id: "18000000000000001" } });
  expect(messageOf("quick-reply").content.data).toEqual({ type: "quick_reply", payload: "CONFIRM" });
  expect(messageOf("postback").content.data).toEqual({ type: "postback", payload: "HUMAN" });
  expect(messageOf("text-from-advertisement").content.data).toMatchObject({ referral: { source: "ADS" } });
  expect(messageOf("text-reply").replyToId).toBe("m_SAMPLE_OURS");
});

test("an echo is the business's own message, and its customer the one it was sent to", () => {
  expect(only("echo")).toMatchObject({
    part: { type: "echo.text", customerIdentifier: "6120000000012345" },
    event: { kind: "message", direction: "out", person: camille, content: { text: "Oui, il en reste !" } },
  });
  expect(only("echo-unsent").event).toMatchObject({ kind: "revoke", direction: "out", targetId: "m_SAMPLE_ECHO" });
  expect(only("self").event).toEqual({ kind: "ignored", why: "the account wrote to itself" });
});

test("what is unsent, edited or reacted to names its target, and each has a key of its own", () => {
  expect(only("unsent")).toMatchObject({
    part: { type: "message.deleted", dedupeKey: "revoke:m_SAMPLE_TEXT" },
    event: { kind: "revoke", direction: "in", targetId: "m_SAMPLE_TEXT" },
  });
  expect(only("edit")).toMatchObject({
    part: { dedupeKey: "edit:m_SAMPLE_TEXT:1" },
    event: { kind: "edit", targetId: "m_SAMPLE_TEXT", content: { text: "Bonjour, avez-vous des tulipes rouges ?" } },
  });
  expect(only("reaction").event).toMatchObject({ kind: "reaction", targetId: "m_SAMPLE_OURS", emoji: "❤️" });
  expect(only("reaction-named").event).toMatchObject({ emoji: "😮" });
  expect(only("reaction-removed").event).toMatchObject({ kind: "reaction", emoji: null });
  expect(only("reaction").part.dedupeKey).not.toBe(only("reaction-removed").part.dedupeKey);
});

test("seen says it of everything before, too", () => {
  expect(only("seen")).toMatchObject({
    part: { type: "read", dedupeKey: "read:m_SAMPLE_OURS" },
    event: { kind: "status", status: "read", messageId: "m_SAMPLE_OURS", upTo: true, trackingId: null },
  });
});

test("a comment is a message of its writer and says where it stands; our own are left aside", () => {
  const { part, event, unknowns } = only("comment");
  expect(part).toMatchObject({ type: "comment", dedupeKey: "comment:17900000000000011" });
  expect(event).toMatchObject({
    kind: "message",
    direction: "in",
    person: { ...camille, name: "@camille.fictive" },
    content: {
      text: "Quel prix pour ce bouquet ?",
      data: {
        comment: {
          id: "17900000000000011",
          mediaId: "18000000000000009",
          parentId: null,
          permalink: null,
          live: false,
        },
      },
    },
    occurredAt: at(0),
  });
  expect(unknowns).toEqual([]);
  expect(messageOf("comment-reply")).toMatchObject({
    replyToId: "17900000000000011",
    content: { data: { comment: { parentId: "17900000000000011" } } },
  });
  expect(messageOf("comment-live").content.data).toMatchObject({ comment: { live: true } });
  expect(messageOf("mention-with-writer").content.data).toMatchObject({ comment: { id: "17900000000000016" } });
  expect(only("comment-own").event).toEqual({ kind: "ignored", why: "our own comment" });
});

test.each([
  ["mention-in-comment", "a mention that names nobody"],
  ["mention-in-post", "a mention that names nobody"],
  ["referral", "opened the conversation by a link"],
  ["handover", "another program takes or gives back the conversation"],
  ["story-insights", "story_insights is not about a conversation"],
  ["dashboard-test", "a test of the app dashboard"],
])("%s is ignored: %s", (name, why) => {
  expect(only(name)).toMatchObject({ event: { kind: "ignored", why }, unknowns: [] });
});

test("what we do not know is listed, and a dashboard's test routes by the address it came to", () => {
  expect(only("unknown-field")).toMatchObject({
    event: { kind: "ignored", why: "unknown event time_travel" },
    unknowns: ["field=time_travel"],
  });
  expect(only("dashboard-test").part.routingKeys).toEqual([]);
  expect(only("policy").event).toMatchObject({ kind: "account", severity: "critical" });
});

test("a post of many is one event each, for each account, and a bad item loses no other", () => {
  const events = read("many");
  expect(events.map(({ event }) => event.kind)).toEqual([
    "message",
    "ignored",
    "message",
    "message",
    "message",
    "ignored",
  ]);
  expect(events[4]?.part.routingKeys).toEqual(["instagram:account:17841400000000777"]);
  expect(new Set(events.map(({ part }) => part.dedupeKey)).size).toBe(5);
});

test("a delivery made again has the same keys, and every sample gives something a person can read", () => {
  const kinds = new Set<InboundEvent["kind"]>();
  for (const file of sampleFiles("instagram")) {
    const keys = () => instagram.split(samplePost("instagram", file)).map((part) => part.dedupeKey);
    expect(keys()).toEqual(keys());
    for (const { event } of readPost(instagram, samplePost("instagram", file))) kinds.add(event.kind);
  }
  expect([...kinds].toSorted()).toEqual(["account", "edit", "ignored", "message", "reaction", "revoke", "status"]);
});

test("an event without any time has the one it was received at", () => {
  const body = Buffer.from(
    '{"entry":[{"id":"1","messaging":[{"sender":{"id":"2"},"message":{"mid":"a","text":"x"}}]}]}',
  );
  const [part] = instagram.split({ url: "https://x.example/", headers: {}, body });
  expect(part && instagram.parse(part.payload, receivedAt).event).toMatchObject({ occurredAt: receivedAt });
});
