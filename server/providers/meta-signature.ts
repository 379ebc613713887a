import { createHmac } from "node:crypto";
import { sameText } from "#server/core/crypto.ts";
import type { RawPost, Verification } from "./contract.ts";

/** The value of `X-Hub-Signature-256` for a body. */
export function signatureOf(body: Uint8Array, appSecret: string): string {
  return `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
}

/** Checks Meta's signature over the raw bytes, in constant time. */
export function verify(post: RawPost, appSecret: string): Verification {
  if (appSecret === "") return { ok: false, reason: "not_configured" };
  const given = post.headers["x-hub-signature-256"];
  if (!given) return { ok: false, reason: "missing_signature" };
  return sameText(given.trim().toLowerCase(), signatureOf(post.body, appSecret))
    ? { ok: true }
    : { ok: false, reason: "signature_mismatch" };
}
