import { createHmac } from "node:crypto";
import { sameText } from "#server/core/crypto.ts";
import type { RawPost, Verification } from "../contract.ts";

const algorithms = { 40: "sha1", 64: "sha256", 128: "sha512" } as const;
const mostCandidates = 8;

/**
 * Checks what the customer set up at Vapi, in constant time: the secret itself in `X-Vapi-Secret` or as a
 * bearer token, or an HMAC of the body (alone, or behind `x-timestamp` and a dot) in a header of any name.
 */
export function verify(post: RawPost, secret: string): Verification {
  if (secret === "") return { ok: false, reason: "not_configured" };
  const shown = shownSecret(post.headers);
  if (shown !== null) return sameText(shown, secret) ? { ok: true } : { ok: false, reason: "signature_mismatch" };
  const signatures = signaturesIn(post.headers);
  if (signatures.length === 0) return { ok: false, reason: "missing_signature" };
  return signatures.some((signature) => isSigned(post, signature, secret))
    ? { ok: true }
    : { ok: false, reason: "signature_mismatch" };
}

function shownSecret(headers: RawPost["headers"]): string | null {
  const plain = headers["x-vapi-secret"];
  if (plain) return plain;
  const [, token] = /^Bearer\s+(.+)$/i.exec(headers.authorization ?? "") ?? [];
  return token ?? null;
}

interface Signature {
  digest: Buffer;
  algorithm: (typeof algorithms)[keyof typeof algorithms];
}

/** Values that have the form of a digest, in hex or base64, whatever stands in front of them (`sha256=`). */
function signaturesIn(headers: RawPost["headers"]): Signature[] {
  const found: Signature[] = [];
  for (const value of Object.values(headers)) {
    if (found.length === mostCandidates) break;
    const [, hex] = /^(?:[\w-]{1,20}=)?([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i.exec(value) ?? [];
    const [, base64] =
      /^(?:[\w-]{1,20}[=,])?([A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)$/.exec(value) ?? [];
    const digest = hex ? Buffer.from(hex, "hex") : base64 ? Buffer.from(base64, "base64") : null;
    const algorithm = digest && algorithms[(digest.length * 2) as keyof typeof algorithms];
    if (digest && algorithm) found.push({ digest, algorithm });
  }
  return found;
}

function isSigned(post: RawPost, { digest, algorithm }: Signature, secret: string): boolean {
  const timestamp = Object.entries(post.headers).find(([name]) => /timestamp/.test(name))?.[1];
  const fronts = timestamp === undefined ? [""] : ["", `${timestamp}.`];
  const given = digest.toString("hex");
  return fronts.some((front) =>
    sameText(given, createHmac(algorithm, secret).update(front).update(post.body).digest("hex")),
  );
}
