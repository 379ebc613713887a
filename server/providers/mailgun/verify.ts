import { createHmac } from "node:crypto";
import { fieldText, type FormFields, readForm } from "#server/mail/index.ts";
import { digest, sameText } from "#server/core/crypto.ts";
import type { RawPost, Verification } from "../contract.ts";
import { firstText, objectOf } from "../read-json.ts";
import { isSpentElsewhere } from "./used-tokens.ts";

/** Mailgun repeats a post for eight hours with the signature it had at first. */
const oldestMs = 12 * 60 * 60 * 1000;
const aheadMs = 10 * 60 * 1000;

/** Checks `hex(HMAC-SHA256(signing key, timestamp + token))`, its age, and that its token was not spent on another post. */
export function verify(post: RawPost, signingKey: string, receivedAt: Date = new Date()): Verification {
  if (signingKey === "") return { ok: false, reason: "not_configured" };
  const given = signatureIn(post);
  if (!given) return { ok: false, reason: "missing_signature" };
  const age = receivedAt.getTime() - Number(given.timestamp) * 1000;
  const expected = signatureOf(signingKey, given.timestamp, given.token);
  if (!sameText(given.signature.toLowerCase(), expected) || isSpentElsewhere(given.token, digest(post.body)))
    return { ok: false, reason: "signature_mismatch" };
  return age < oldestMs && age > -aheadMs ? { ok: true } : { ok: false, reason: "stale" };
}

export function signatureOf(signingKey: string, timestamp: string, token: string): string {
  return createHmac("sha256", signingKey)
    .update(timestamp + token)
    .digest("hex");
}

interface Signature {
  timestamp: string;
  token: string;
  signature: string;
}

/** In an object of its own beside the event, or among the fields of a form. */
function signatureIn(post: RawPost): Signature | null {
  let fields: FormFields;
  try {
    fields = readForm(post);
  } catch {
    return null;
  }
  const signature = fieldText(fields, "signature");
  if (signature?.startsWith("{")) return nested(signature);
  const [timestamp, token] = [fieldText(fields, "timestamp"), fieldText(fields, "token")];
  return signature && timestamp && token ? { signature, timestamp, token } : null;
}

function nested(text: string): Signature | null {
  try {
    const source = objectOf(JSON.parse(text));
    const [timestamp, token, signature] = ["timestamp", "token", "signature"].map((name) => firstText(source, name));
    return timestamp && token && signature ? { timestamp, token, signature } : null;
  } catch {
    return null;
  }
}
