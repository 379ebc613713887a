import fc from "fast-check";
import { expect, test } from "vitest";
import { cpuMs, heldBytes } from "#server/core/testing-cost.ts";
import { type JsonObject, MalformedPost } from "#server/providers/contract.ts";
import { objectOf, readJson } from "#server/providers/read-json.ts";
import { json, jsonChanges, mutate, spoilt } from "#server/providers/testing-hostile.ts";
import { composeFromParts } from "./compose-mail.ts";
import { foldQuoted } from "./fold-quoted.ts";
import { mailLimits } from "./limits.ts";
import { parseMail } from "./parse-mail.ts";
import { readForm } from "./read-form.ts";
import { readMail } from "./read-mail.ts";
import { mailBytes, ordinary, own, receivedAt } from "./testing.ts";
import { textOfHtml } from "./text-of-html.ts";

const numRuns = 10_000;
const timeout = 300_000;
const part = (type: string, text: string) => `--limite\r\nContent-Type: ${type}\r\n\r\n${text}\r\n`;
const multipart = (kind: string, ...parts: string[]) =>
  mailBytes({ ...ordinary, "Content-Type": `multipart/${kind}; boundary=limite` }, `${parts.join("")}--limite--`);
const samples = [
  mailBytes(ordinary, "Bonjour\n\n> cité\n\n-- \nCamille"),
  multipart("alternative", part("text/plain", "Bonjour"), part("text/html", "<p>Bonjour</p><img src='cid:a'>")),
  multipart(
    "mixed",
    part("text/plain", "Voici"),
    part("image/png; name=a.png", "PNG"),
    part("message/rfc822", "From: a@b.example\r\n\r\nx"),
  ),
  multipart(
    "report; report-type=delivery-status",
    part("text/plain", "non"),
    part("message/delivery-status", "Action: failed\r\nStatus: 5.1.1"),
    part("text/rfc822-headers", "Message-ID: <x@y.example>"),
  ),
  mailBytes(
    {
      ...ordinary,
      Subject: "=?utf-8?Q?R=C3=A9paration?= =?iso-8859-1?B?6Q==?=",
      "Content-Transfer-Encoding": "base64",
    },
    "Qm9uam91cg==",
  ),
];

function parseStored(payload: JsonObject): void {
  const { event } = parseMail(JSON.parse(JSON.stringify(payload)) as JsonObject, receivedAt, own);
  expect(JSON.stringify(event)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
  if ("content" in event) expect(event.content.text).not.toBe("");
  if ("messageId" in event) expect(event.messageId).toMatch(/^[^]{1,259}$/);
  if ("occurredAt" in event && event.occurredAt) expect(event.occurredAt.getTime()).toBeGreaterThan(0);
}

test("mails cut short or with bytes changed are read, or refused as no mail", { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(spoilt(samples), async (bytes) => {
      try {
        parseStored((await readMail(bytes)).payload);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedPost);
      }
    }),
    { numRuns },
  );
});

test("a stored mail with anything in the place of anything", { timeout }, async () => {
  const stored = await Promise.all(samples.map(async (bytes) => (await readMail(bytes)).payload));
  fc.assert(
    fc.property(fc.constantFrom(...stored), jsonChanges, (payload, changes) => {
      // The log keeps no character that PostgreSQL would refuse.
      const kept = objectOf(readJson(Buffer.from(JSON.stringify(mutate(payload as JsonObject, changes)))));
      if (kept) parseStored(kept);
    }),
    { numRuns },
  );
});

test("any text is folded without a word lost, in bounded time", { timeout }, () => {
  const line = fc.oneof(
    fc.constantFrom(
      "",
      ">",
      "> >",
      "-- ",
      "Le 21 nov. 2026, Atelier a écrit :",
      "On Sat wrote:",
      "De : a",
      "Envoyé : b",
      "Objet : c",
      "-----Original Message-----",
      "Envoyé de mon téléphone",
      `${"_".repeat(30)}`,
    ),
    fc.string({ unit: "binary", maxLength: 40 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const source = lines.join("\n");
      const folded = foldQuoted(source);
      const words = (text: string | null) => (text ?? "").split(/\s+/).filter(Boolean).length;
      expect(words(folded.text) + words(folded.quoted) + words(folded.signature)).toBe(words(source));
    }),
    { numRuns },
  );
  const began = cpuMs();
  foldQuoted(`${"a wrote:\n".repeat(200_000)}`);
  foldQuoted(`On ${"x ".repeat(500_000)}`);
  expect(cpuMs() - began).toBeLessThan(2_000);
});

test("any HTML is read as text, however deep or torn, in bounded time", { timeout }, () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "<p>",
      "</p>",
      "<table><tr><td>",
      "<blockquote>",
      "</div>",
      "<br",
      "&nbsp;",
      "&#x0;",
      "<!--",
      "<a href=",
      "<style>",
      "\u0000",
    ),
    fc.string({ maxLength: 10 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      expect(typeof textOfHtml(pieces.join(""))).toBe("string");
    }),
    { numRuns },
  );
  const began = cpuMs();
  textOfHtml("<div>".repeat(100_000));
  textOfHtml(`<${"a".repeat(1_000_000)}`);
  textOfHtml("<td><blockquote>".repeat(50_000));
  expect(cpuMs() - began).toBeLessThan(4_000);
});

test("parts of any content make a mail that is read again", { timeout }, async () => {
  const word = fc.string({ unit: "binary", maxLength: 30 });
  const header = fc.tuple(fc.oneof(fc.constantFrom("From", "Subject", "Content-Type", "Bcc", "X-À"), word), word);
  const file = fc.record({
    name: fc.option(word),
    type: fc.oneof(fc.constantFrom("image/png", "message/rfc822", ""), word),
    bytes: fc.uint8Array({ maxLength: 30 }),
    contentId: fc.option(word),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(header, { maxLength: 6 }),
      fc.option(word),
      fc.option(word),
      fc.array(file, { maxLength: 3 }),
      async (headers, text, html, files) => {
        const parts = { headers: [["From", "a@b.example"] as const, ...headers], text, html, files };
        const bytes = await composeFromParts(parts);
        expect(Buffer.from(await composeFromParts(parts)).equals(bytes)).toBe(true);
        parseStored((await readMail(bytes)).payload);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("forms of any kind are read or refused, without a copy for each field", { timeout }, () => {
  const type = fc.constantFrom(
    "multipart/form-data; boundary=x",
    'multipart/form-data; boundary="--"',
    "application/x-www-form-urlencoded",
    "application/json",
    "",
  );
  const body = fc.oneof(
    fc
      .array(
        fc.constantFrom("--x", "\r\n", '\r\nContent-Disposition: form-data; name="a"', "\r\n\r\n", "b", "--x--", "\n"),
        { maxLength: 20 },
      )
      .map((all) => Buffer.from(all.join(""))),
    json.map((value) => Buffer.from(JSON.stringify(value))),
    fc.uint8Array({ maxLength: 100 }),
  );
  fc.assert(
    fc.property(type, body, (contentType, bytes) => {
      try {
        expect(readForm({ url: "", headers: { "content-type": contentType }, body: bytes }).size).toBeLessThanOrEqual(
          1_001,
        );
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedPost);
      }
    }),
    { numRuns },
  );
});

test("more parts, headers or bytes than a mail has are refused, and leave no memory behind", { timeout }, async () => {
  const deep = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(2_000);
  await expect(readMail(Buffer.from(`From: a@b.example\r\n${deep}`))).rejects.toBeInstanceOf(MalformedPost);
  await expect(readMail(mailBytes({ ...ordinary, "X-Long": "x".repeat(400_000) }))).rejects.toBeInstanceOf(
    MalformedPost,
  );
  await expect(readMail(new Uint8Array(mailLimits.bytes + 1))).rejects.toBeInstanceOf(MalformedPost);
  const large = multipart("mixed", part("text/plain", "a"), part("application/octet-stream", "x".repeat(4_000_000)));
  await readMail(large);
  const before = await heldBytes();
  for (let count = 0; count < 20; count++) await readMail(large);
  expect((await heldBytes()) - before).toBeLessThan(4 * large.length);
});
