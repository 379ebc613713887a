import { createHmac } from "node:crypto";
import { sameText } from "#server/core/crypto.ts";
import type { RawPost, Verification } from "../contract.ts";

/** A signature older or younger than this, when it arrives, may be somebody's copy. Milliseconds. */
const toleranceMs = 5 * 60_000;

/** Checks `X-Retell-Signature: v={ms},d={hex}`: HMAC-SHA256 of the raw body and the time, with the API key. */
export function verify(post: RawPost, apiKey: string, receivedAt: Date = new Date()): Verification {
  if (apiKey === "") return { ok: false, reason: "not_configured" };
  const given = post.headers["x-retell-signature"];
  if (!given) return { ok: false, reason: "missing_signature" };
  const [, time, digest] = /^v=(\d{1,15}),d=([0-9a-f]{64})$/.exec(given) ?? [];
  const matches = time !== undefined && sameText(digest ?? "", digestOf(post.body, time, apiKey));
  if (!matches) return { ok: false, reason: "signature_mismatch" };
  const isFresh = Math.abs(receivedAt.getTime() - Number(time)) <= toleranceMs;
  return isFresh ? { ok: true } : { ok: false, reason: "stale" };
}

/** The header's value for a body that leaves at this time. */
export function signatureOf(body: Uint8Array, at: Date, apiKey: string): string {
  return `v=${at.getTime()},d=${digestOf(body, String(at.getTime()), apiKey)}`;
}

function digestOf(body: Uint8Array, time: string, apiKey: string): string {
  return createHmac("sha256", apiKey).update(body).update(time).digest("hex");
}
