import { expect, test } from "vitest";
import { randomBytes } from "node:crypto";
import { readKeyRing } from "#server/core/crypto.ts";
import { keptHeaders, keptPath, openedHeaders, shownHeaders, signedPath } from "./kept-headers.ts";

const keyRing = readKeyRing(randomBytes(32).toString("base64"));
const key = "a-key_that-nobody-may-read-1234567890";
const path = `/webhooks/twilio/${key}?message=01a1`;

test("a channel's own address is stored without its key, and still verified again", () => {
  const sealing = { keyRing, boundTo: "delivery", path };
  const kept = keptHeaders({ "x-twilio-signature": "abc=", "content-type": "text/plain", cookie: "c" }, sealing);
  const stored = JSON.stringify([keptPath(path), kept]);
  for (const secret of [key, "abc="]) expect(stored).not.toContain(secret);
  const opened = openedHeaders(kept, keyRing, "delivery");
  expect(opened["x-twilio-signature"]).toBe("abc=");
  expect(signedPath(keptPath(path), opened)).toBe(path);
  expect(shownHeaders(kept)).toEqual({
    "x-twilio-signature": "[redacted]",
    "content-type": "text/plain",
    cookie: "[redacted]",
  });
});

test("a verified post keeps neither signature nor key; the provider's address is no secret", () => {
  expect(keptHeaders({ "x-hub-signature-256": "sha256=1" }, null)).toEqual({ "x-hub-signature-256": "[redacted]" });
  expect(keptPath("/webhooks/whatsapp?a=1")).toBe("/webhooks/whatsapp?a=1");
  expect(signedPath("/webhooks/whatsapp", { "signature-address": "/webhooks/other" })).toBe("/webhooks/whatsapp");
});

test("a secret that the sender shows is sealed with a refused post, and only there", () => {
  const shown = { "x-vapi-secret": "mot-de-passe", authorization: "Bearer mot-de-passe", "x-api-key": "mot-de-passe" };
  const kept = keptHeaders(shown, { keyRing, boundTo: "delivery", path: "/webhooks/vapi" });
  expect(JSON.stringify(kept)).not.toContain("mot-de-passe");
  expect(openedHeaders(kept, keyRing, "delivery")).toEqual({ ...shown, "x-api-key": "[redacted]" });
  expect(Object.values(keptHeaders(shown, null))).toEqual(["[redacted]", "[redacted]", "[redacted]"]);
});
