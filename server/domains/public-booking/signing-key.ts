import { createHmac, hkdfSync } from "node:crypto";
import { currentConfig } from "#server/core/config.ts";
import { sameText } from "#server/core/crypto.ts";

/** What is signed: a signature of one kind is none of another. */
export type SignedKind = "manage link" | "form" | "visitor";

/** Of some text, as 32 characters that only we can make: nothing needs to be stored to know them again. */
export function signatureOf(kind: SignedKind, text: string): string {
  const { keyRing } = currentConfig();
  return made(keyRing.keys.get(keyRing.current)!, kind, text);
}

/** Whether a signature is ours, of this very text. A key on its way out still counts. */
export function isSignature(kind: SignedKind, text: string, signature: string): boolean {
  return [...currentConfig().keyRing.keys.values()].some((key) => sameText(signature, made(key, kind, text)));
}

/** A key of its own for each kind, derived: what seals credentials signs nothing. */
function made(master: Buffer, kind: SignedKind, text: string): string {
  const key = Buffer.from(hkdfSync("sha256", master, "", `booking ${kind}`, 32));
  return createHmac("sha256", key).update(text).digest("base64url").slice(0, 32);
}
