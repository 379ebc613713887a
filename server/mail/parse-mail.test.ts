import { expect, test } from "vitest";
import type { InboundEvent, JsonObject } from "#server/providers/contract.ts";
import { parseMail } from "./parse-mail.ts";
import { readMail } from "./read-mail.ts";
import { mailBytes, ordinary, own, receivedAt } from "./testing.ts";

async function read(bytes: Uint8Array): Promise<InboundEvent> {
  const { payload } = await readMail(bytes);
  return parseMail(JSON.parse(JSON.stringify(payload)) as JsonObject, receivedAt, own).event;
}

const readHeaders = (headers: Record<string, string>, text?: string) =>
  read(mailBytes({ ...ordinary, ...headers }, text));

test("a person's mail is a message of theirs, in its thread", async () => {
  const event = await readHeaders({
    "In-Reply-To": "<deux@atelier.example>",
    References: "<premier@atelier.example>\r\n <deux@atelier.example>",
    Cc: "Paul <paul@client.example>, bonjour+suite@atelier.example",
    "X-Auto-Response-Suppress": "All",
  });
  expect(event).toMatchObject({
    kind: "message",
    direction: "in",
    messageId: "<une@client.example>",
    person: { identities: [{ kind: "email", value: "camille@client.example" }], name: "Camille Fictive" },
    occurredAt: new Date("2026-11-21T08:12:00Z"),
    thread: {
      subject: "Abat-jour",
      references: ["<deux@atelier.example>", "<premier@atelier.example>"],
      participants: ["camille@client.example", "paul@client.example"],
      automatic: false,
    },
  });
});

test.each([
  ["Auto-Submitted", "auto-replied"],
  ["Auto-Submitted", "auto-generated; owner-email=x"],
  ["Return-Path", "<>"],
  ["X-Autoreply", "yes"],
  ["Precedence", "bulk"],
  ["Precedence", "list"],
  ["Precedence", "junk"],
  ["Content-Type", "multipart/report; boundary=x"],
])("a program wrote it: %s: %s", async (name, value) => {
  expect(await readHeaders({ [name]: value })).toMatchObject({ kind: "message", thread: { automatic: true } });
});

test.each([
  ["Auto-Submitted", "no"],
  ["X-Autoreply", "no"],
  ["X-Auto-Response-Suppress", "OOF"],
  ["Precedence", "first-class"],
])("a person wrote it: %s: %s", async (name, value) => {
  expect(await readHeaders({ [name]: value })).toMatchObject({ thread: { automatic: false } });
});

test("a mail without an id or a date is known by its bytes and by when it came", async () => {
  const { "Message-ID": _id, Date: _date, ...rest } = ordinary;
  const event = await read(mailBytes(rest));
  expect(event).toMatchObject({
    messageId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
    occurredAt: receivedAt,
  });
  expect(await read(mailBytes(rest))).toMatchObject({ messageId: event.kind === "message" ? event.messageId : "" });
});

test("our own mail that came round settles it and is no message; a colleague's answer from elsewhere is an echo", async () => {
  const id = "01990000-0000-7000-8000-000000000001";
  const ours = { From: "bonjour@atelier.example", To: "camille@client.example" };
  expect(await readHeaders({ ...ours, "Message-ID": `<${id}.guichet@atelier.example>` })).toMatchObject({
    kind: "status",
    trackingId: id,
    status: "sent",
  });
  expect(await readHeaders(ours)).toMatchObject({
    kind: "message",
    direction: "out",
    person: { identities: [{ value: "camille@client.example" }] },
  });
  expect(await readHeaders({ ...ours, "Auto-Submitted": "auto-replied" })).toMatchObject({ kind: "ignored" });
  expect(await readHeaders({ From: "bonjour@atelier.example" })).toMatchObject({
    kind: "ignored",
    why: "our own mail",
  });
});

test("the token of our reply address is found wherever the mail was delivered", async () => {
  const address = "bonjour+g01990000000070008000000000000002@atelier.example";
  const token = "01990000-0000-7000-8000-000000000002";
  expect(await readHeaders({ To: address })).toMatchObject({ thread: { token } });
  expect(await readHeaders({ "Delivered-To": address })).toMatchObject({ thread: { token } });
});

test("an answer goes where the sender asks for it; a list answers for itself", async () => {
  const asked = { "Reply-To": "Atelier du Nord <suivi@client.example>" };
  expect(await readHeaders(asked)).toMatchObject({ person: { identities: [{ value: "suivi@client.example" }] } });
  expect(await readHeaders({ ...asked, "List-Id": "<nouvelles.client.example>" })).toMatchObject({
    person: { identities: [{ value: "camille@client.example" }] },
  });
});

function report(action: string, status: string): Uint8Array {
  const part = (type: string, body: string) => `--r\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;
  const fields = `Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; camille@client.example\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 ${status} dit le serveur`;
  const original =
    "Message-ID: <01990000-0000-7000-8000-000000000001.guichet@atelier.example>\r\nSubject: Re: Abat-jour";
  const body =
    part("text/plain", "Voici un rapport.") +
    part("message/delivery-status", fields) +
    part("text/rfc822-headers", original);
  return mailBytes(
    {
      ...ordinary,
      From: "Mail Delivery System <MAILER-DAEMON@mx.example>",
      "Return-Path": "<>",
      "Content-Type": "multipart/report; report-type=delivery-status; boundary=r",
    },
    `${body}--r--`,
  );
}

test("a bounce is told of the mail that it is about; a delay changes nothing", async () => {
  expect(await read(report("failed", "5.1.1"))).toMatchObject({
    kind: "status",
    status: "failed",
    trackingId: "01990000-0000-7000-8000-000000000001",
    error: { code: "5.1.1", text: expect.stringContaining("dit le serveur") as string },
  });
  expect(await read(report("delayed", "4.4.1"))).toMatchObject({ kind: "ignored", why: "delivery delayed" });
  expect(await read(report("delivered", "2.0.0"))).toMatchObject({ kind: "status", status: "delivered", error: null });
});

test("a mail in HTML alone is read as text; laid out or just typed, it says so", async () => {
  const html = (body: string) => readHeaders({ "Content-Type": "text/html; charset=utf-8" }, body);
  expect(await html("<p>Bonjour</p><p>Réparez-vous <b>ceci</b> ?</p>")).toMatchObject({
    content: { text: "Bonjour\n\nRéparez-vous ceci ?", data: { mail: { html: true, layout: false } } },
  });
  expect(await html("<table><tr><td>Promotion</td></tr></table>")).toMatchObject({
    content: { text: "Promotion", data: { mail: { layout: true } } },
  });
  expect(await html("<p>Oui</p><blockquote><table><tr><td>x</td></tr></table></blockquote>")).toMatchObject({
    content: { data: { mail: { layout: false } } },
  });
});

test("a sender's clock that runs ahead does not put a mail into the future", async () => {
  expect(await readHeaders({ Date: "Sat, 21 Nov 2037 09:12:00 +0100" })).toMatchObject({ occurredAt: receivedAt });
});
