import { createPublicKey, verify as verifySignature, type KeyObject } from "node:crypto";
import type { RawPost, Verification } from "../contract.ts";

export const signatureHeader = "x-twilio-email-event-webhook-signature";
export const timestampHeader = "x-twilio-email-event-webhook-timestamp";

/**
 * Checks the ECDSA signature of the event webhook over its timestamp and the raw body. Inbound Parse signs
 * nothing: a mail is taken at the channel's own opaque address only, which nobody else knows.
 */
export function verify(post: RawPost, verificationKey: string): Verification {
  if (verificationKey === "") return { ok: false, reason: "not_configured" };
  const signature = post.headers[signatureHeader];
  if (!signature)
    return isMail(post) && isOwnAddress(post.url) ? { ok: true } : { ok: false, reason: "missing_signature" };
  const key = keyOf(verificationKey);
  if (!key) return { ok: false, reason: "not_configured" };
  const signed = Buffer.concat([Buffer.from(post.headers[timestampHeader] ?? ""), post.body]);
  const isGenuine = verifySignature("sha256", signed, key, Buffer.from(signature, "base64"));
  return isGenuine ? { ok: true } : { ok: false, reason: "signature_mismatch" };
}

function isMail({ headers }: RawPost): boolean {
  return /^multipart\/form-data\b/i.test(headers["content-type"] ?? "");
}

/** The address with the key as its last part: the edge has found the channel by it. */
function isOwnAddress(url: string): boolean {
  return URL.canParse(url) && /^\/webhooks\/[a-z]+\/[^/]+\/?$/.test(new URL(url).pathname);
}

function keyOf(text: string): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" });
  } catch {
    return null;
  }
}
