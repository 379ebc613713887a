import { describe, expect, test } from "vitest";

import { mailFailureOf, readCopies, signatureText } from "./mail-values.ts";

describe("copies as people type them", () => {
  test.each([
    ["", [], []],
    ["marie@client.example", ["marie@client.example"], []],
    ["Marie Roux <Marie@Client.example>; luc@client.example,", ["marie@client.example", "luc@client.example"], []],
    ["marie@client.example, marie@client.example", ["marie@client.example"], []],
    ["marie, luc@client", [], ["marie", "luc@client"]],
  ])("%s", (typed, copies, wrong) => {
    expect(readCopies(typed)).toEqual({ copies, wrong });
  });
});

test("a signature names who writes, and keeps what it does not know", () => {
  expect(signatureText("{{ agent.name }}\n{{other}}", { "agent.name": "Nadia" })).toBe("Nadia\n{{other}}");
});

test.each([
  ["5.1.1", "no_such_address"],
  ["4.2.2", "recipient_mailbox_full"],
  ["5.7.26", "refused_as_unwanted"],
  ["5.4.4", "not_delivered"],
  ["certificate_expired", "certificate"],
  ["host_not_found", "host_not_found"],
  ["smtp_451", null],
  [null, null],
])("%s is told as %s", (code, failure) => {
  expect(mailFailureOf(code)).toBe(failure);
});
