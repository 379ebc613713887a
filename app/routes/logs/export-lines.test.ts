import { expect, test } from "vitest";
import { csvHead, csvLine } from "./export-lines.ts";

const row = {
  receivedAt: new Date("2026-11-21T09:30:00.250Z"),
  channelName: 'WhatsApp "boutique"',
  platform: "whatsapp",
  type: "message.text",
  status: "processed",
  reason: null,
  customerName: "=HYPERLINK(1)",
  customerIdentifier: "+33639984501",
  processingTimeMs: 4,
  attempts: 1,
  externalMessageId: "wamid.A",
  errorMessage: "one\ntwo, three",
  id: "0199",
};

test("a line quotes what must be quoted, disarms formulas and leaves phones alone", () => {
  expect(csvLine(row)).toBe(
    `2026-11-21T09:30:00.250Z,"WhatsApp ""boutique""",whatsapp,message.text,processed,,'=HYPERLINK(1),+33639984501,4,1,wamid.A,"one\ntwo, three",0199\r\n`,
  );
  expect(csvLine({ ...row, customerName: "+1+cmd|x" })).toContain(",'+1+cmd|x,");
});

test("the head names as many columns as a line has", () => {
  const plain = { ...row, channelName: "a", errorMessage: null };
  expect(csvHead.split(",").length).toBe(csvLine(plain).split(",").length);
});
