import { expect, test } from "vitest";
import type { OutboundMessage } from "#server/providers/contract.ts";
import { composeFromParts, composeOutgoing } from "./compose-mail.ts";
import { readMail } from "./read-mail.ts";

const from = { address: "bonjour@atelier.example", name: "Atelier, « Lumen »" };

function message(automatic: boolean): OutboundMessage {
  return {
    id: "01990000-0000-7000-8000-000000000001",
    to: { kind: "email", value: "camille@client.example" },
    text: "Oui, à 15 h.",
    replyToId: null,
    statusCallbackUrl: null,
    mail: {
      messageId: "<01990000-0000-7000-8000-000000000001.guichet@atelier.example>",
      subject: "Re: Réparation\r\nBcc: autre@client.example",
      html: null,
      cc: ["paul@client.example"],
      inReplyTo: "<deux@client.example>",
      references: ["<une@client.example>", "<deux@client.example>"],
      replyTo: null,
      automatic,
    },
  };
}

test("an answer names what it answers under our own Message-ID, and no header can be smuggled in", async () => {
  const { raw, recipients } = await composeOutgoing(from, message(false));
  const { payload } = await readMail(raw);
  expect(payload).toMatchObject({
    messageId: "<01990000-0000-7000-8000-000000000001.guichet@atelier.example>",
    from: [from],
    to: [{ address: "camille@client.example" }],
    cc: [{ address: "paul@client.example" }],
    inReplyTo: ["<deux@client.example>"],
    references: ["<une@client.example>", "<deux@client.example>"],
    text: "Oui, à 15 h.\n",
  });
  expect(raw.toString()).not.toMatch(/^bcc:/im);
  expect(payload.headers["auto-submitted"]).toBeUndefined();
  expect(recipients).toEqual(["camille@client.example", "paul@client.example"]);
});

test("what a program wrote says so, that no other program answers it", async () => {
  const { raw } = await composeOutgoing(from, message(true));
  expect((await readMail(raw)).payload.headers).toMatchObject({
    "auto-submitted": "auto-replied",
    "x-auto-response-suppress": "All",
  });
});

test("a mail put together from its parts keeps its headers and is packed anew, the same each time", async () => {
  const parts = {
    headers: [
      ["Message-ID", "<une@client.example>"],
      ["From", "Camille <camille@client.example>"],
      ["Subject", "Réparation"],
      ["References", "<a@b.example>\r\n <c@d.example>"],
      ["Content-Type", "multipart/mixed; boundary=autre"],
    ] as const,
    text: "Voici.",
    html: null,
    files: [{ name: "devis.txt", type: "text/plain", bytes: Buffer.from("12 €"), contentId: null }],
  };
  const bytes = await composeFromParts(parts);
  const { payload, files } = await readMail(bytes);
  expect(payload).toMatchObject({
    messageId: "<une@client.example>",
    subject: "Réparation",
    references: ["<a@b.example>", "<c@d.example>"],
    files: [{ name: "devis.txt", type: "text/plain" }],
  });
  expect(Buffer.from(files[0]!).toString()).toBe("12 €");
  expect(Buffer.from(await composeFromParts(parts)).equals(bytes)).toBe(true);
});
