import { expect, test } from "vitest";
import { refusalClass } from "./refusals.ts";
import { requestBodies } from "./send.ts";

const message = {
  id: "019a0000-0000-7000-8000-000000000001",
  to: { kind: "instagram_id" as const, value: "6120000000012345" },
  text: "Bonjour, oui !",
  replyToId: null,
  statusCallbackUrl: null,
};
const picture = {
  kind: "image" as const,
  fileName: "bouquet.jpg",
  mimeType: "image/jpeg",
  bytes: 3,
  url: "https://guichet.example/files/clef",
  read: () => Promise.resolve(new Uint8Array(3)),
};

test("a request is what Meta documents", () => {
  const recipient = { id: "6120000000012345" };
  expect(requestBodies(message)).toEqual([{ recipient, message: { text: "Bonjour, oui !" } }]);
  expect(requestBodies({ ...message, humanAgent: true })).toEqual([
    { recipient, message: { text: "Bonjour, oui !" }, messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" },
  ]);
  expect(requestBodies({ ...message, commentId: "17900000000000011" })[0]?.recipient).toEqual({
    comment_id: "17900000000000011",
  });
});

test("files go before the words, one request each", () => {
  expect(requestBodies({ ...message, files: [picture, { ...picture, kind: "document" }] })).toMatchObject([
    { message: { attachment: { type: "image", payload: { url: picture.url } } } },
    { message: { attachment: { type: "file" } } },
    { message: { text: "Bonjour, oui !" } },
  ]);
});

test.each([
  [401, 190, null, "channel"],
  [403, 10, 2534022, "window"],
  [400, 10, 2018278, "window"],
  [403, 10, null, "channel"],
  [400, 200, null, "channel"],
  [429, 613, null, "retry"],
  [400, 4, null, "retry"],
  [500, 2, null, "retry"],
  [503, null, null, "retry"],
  [400, 551, null, "permanent"],
  [400, 100, null, "permanent"],
  [401, null, null, "channel"],
  [418, null, null, "permanent"],
] as const)("HTTP %i with code %s and subcode %s is %s", (status, code, subcode, expected) => {
  expect(refusalClass(status, code, subcode)).toBe(expected);
});
