import { expect, test } from "vitest";
import { samplePost } from "./testing-samples.ts";
import { handshake } from "./meta-handshake.ts";
import { signatureOf, verify } from "./meta-signature.ts";

const secret = "un-secret-d-application";
const post = samplePost("whatsapp", "text.json");
const signed = (signature: string) => ({ ...post, headers: { "x-hub-signature-256": signature } });

test("the signature is Meta's: HMAC-SHA256 of the raw bytes in hex", () => {
  // Made once with `printf '{"a":1}' | openssl dgst -sha256 -hmac key`.
  expect(signatureOf(new TextEncoder().encode('{"a":1}'), "key")).toBe(
    "sha256=88a67f24bbcdaed0e6c997404bb79a743baf44c6bab2f4c27328e3009d22e342",
  );
});

test("a good signature verifies, and one flipped bit of body or signature does not", () => {
  const good = signatureOf(post.body, secret);
  expect(verify(signed(good), secret)).toEqual({ ok: true });
  const body = Uint8Array.from(post.body);
  body[10] = (body[10] ?? 0) ^ 1;
  expect(verify({ ...signed(good), body }, secret)).toEqual({ ok: false, reason: "signature_mismatch" });
  const altered = good.replace(/.$/, (last) => (Number.parseInt(last, 16) ^ 1).toString(16));
  expect(verify(signed(altered), secret)).toEqual({ ok: false, reason: "signature_mismatch" });
});

test("a missing signature, a foreign secret and no secret are told apart", () => {
  expect(verify(post, secret)).toEqual({ ok: false, reason: "missing_signature" });
  expect(verify(signed(signatureOf(post.body, "autre")), secret)).toEqual({ ok: false, reason: "signature_mismatch" });
  expect(verify(signed(signatureOf(post.body, "")), "")).toEqual({ ok: false, reason: "not_configured" });
  expect(verify(signed("sha256="), secret)).toEqual({ ok: false, reason: "signature_mismatch" });
});

test("the handshake answers its challenge to a known token only", () => {
  const query = (token: string) =>
    new URLSearchParams({ "hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "1158201444" });
  expect(handshake(query("bon"), ["autre", "bon"])).toBe("1158201444");
  expect(handshake(query("mauvais"), ["bon"])).toBe("refused");
  expect(handshake(query(""), [""])).toBe("refused");
  expect(handshake(new URLSearchParams({ page: "1" }), ["bon"])).toBeNull();
});
