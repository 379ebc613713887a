import { createHash } from "node:crypto";
import fc from "fast-check";
import oracle from "twilio";
import { expect, test } from "vitest";
import type { RawPost } from "../contract.ts";
import { signatureOf, verify } from "./verify.ts";

const token = "un-jeton-de-test";

function post(url: string, body: string, signature: string, type = "application/x-www-form-urlencoded"): RawPost {
  return {
    url,
    headers: { "content-type": type, "x-twilio-signature": signature },
    body: new TextEncoder().encode(body),
  };
}

const words = fc.string({ unit: "grapheme", maxLength: 12 });
const urls = fc
  .record({
    host: fc.domain(),
    port: fc.constantFrom("", ":443", ":8443"),
    path: fc.webPath(),
    query: fc.webQueryParameters(),
  })
  .map(({ host, port, path, query }) => `https://${host}${port}${path || "/"}${query && `?${query}`}`);

test("whatever Twilio's own library signs, verifies", () => {
  fc.assert(
    fc.property(
      urls,
      fc.dictionary(words, fc.oneof(words, fc.array(words, { minLength: 1, maxLength: 3 }))),
      (url, params) => {
        fc.pre(!url.includes("bodySHA256"));
        const fields = Object.entries(params).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
        const body = new URLSearchParams(fields).toString();
        const decoded = new URLSearchParams(body);
        const signed = Object.fromEntries([...new Set(decoded.keys())].map((name) => [name, decoded.getAll(name)]));
        const signature = oracle.getExpectedTwilioSignature(token, url, signed);
        expect(signatureOf(url, decoded, token)).toBe(signature);
        expect(verify(post(url, body, signature), token)).toEqual({ ok: true });
        expect(verify(post(url, `${body}&x=1`, signature), token).ok).toBe(false);
        expect(verify(post(url, body, signature), "autre").ok).toBe(false);
      },
    ),
    { numRuns: 300 },
  );
});

test("we accept a URL exactly when Twilio's library does, port or no port", () => {
  const params = { Body: "Bonjour", From: "+33639981234" };
  const body = new URLSearchParams(params).toString();
  const forms = [
    "https://guichet.example/webhooks/twilio",
    "https://guichet.example:443/webhooks/twilio",
    "https://guichet.example:8443/webhooks/twilio",
    "http://guichet.example/webhooks/twilio?a='b c'&d=%27",
    "http://user:pass@guichet.example/x",
  ];
  for (const signedUrl of forms) {
    const signature = oracle.getExpectedTwilioSignature(token, signedUrl, params);
    for (const url of forms) {
      const theirs = oracle.validateRequest(token, signature, url, params);
      expect([url, verify(post(url, body, signature), token).ok]).toEqual([url, theirs]);
    }
  }
});

test("a JSON body is covered by bodySHA256, and refused without it", () => {
  const body = '{"property": "value"}';
  const base = "https://guichet.example/webhooks/twilio";
  const url = `${base}?bodySHA256=${createHash("sha256").update(body).digest("hex")}`;
  const signature = oracle.getExpectedTwilioSignature(token, url, {});
  const json = "application/json; charset=utf-8";
  expect(verify(post(url, body, signature, json), token)).toEqual({ ok: true });
  expect(verify(post(url, body.replace("value", "valve"), signature, json), token).ok).toBe(false);
  const uncovered = oracle.getExpectedTwilioSignature(token, base, {});
  expect(verify(post(base, body, uncovered, json), token).ok).toBe(false);
});

test("no signature and no token are told apart", () => {
  const unsigned = { ...post("https://guichet.example/", "a=1", ""), headers: {} };
  expect(verify(unsigned, token)).toEqual({ ok: false, reason: "missing_signature" });
  expect(verify(post("https://guichet.example/", "a=1", "x"), "")).toEqual({ ok: false, reason: "not_configured" });
  expect(verify(post("pas une adresse", "a=1", "é"), token)).toEqual({ ok: false, reason: "signature_mismatch" });
});
