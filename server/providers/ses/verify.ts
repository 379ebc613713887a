import { verify as verifySignature } from "node:crypto";
import { sameText } from "#server/core/crypto.ts";
import type { JsonObject, RawPost, Verification } from "../contract.ts";
import { firstText, objectOf, readJson } from "../read-json.ts";
import { fetchCertificate, keyOfCertificate } from "./certificates.ts";
import { signedText } from "./sns-message.ts";

/** Has the certificate at hand that {@link verify} needs: the one thing of a signature that must be fetched. */
export async function beforeVerify(post: RawPost): Promise<void> {
  const address = firstText(messageOf(post), "SigningCertURL");
  if (address) await fetchCertificate(address);
}

/**
 * Checks SNS's signature, of version 1 (SHA-1) or 2 (SHA-256), with a certificate of SNS's own, and that the
 * topic is the channel's: anybody may have a topic, and SNS signs for all of them.
 */
export function verify(post: RawPost, topic: string): Verification {
  if (topic === "") return { ok: false, reason: "not_configured" };
  const message = messageOf(post);
  const [signature, address, from] = ["Signature", "SigningCertURL", "TopicArn"].map((name) =>
    firstText(message, name),
  );
  if (!message || !signature || !address || !from) return { ok: false, reason: "missing_signature" };
  const mismatch: Verification = { ok: false, reason: "signature_mismatch" };
  const text = signedText(message);
  const key = keyOfCertificate(address);
  if (text === null || !key || !sameText(from, topic)) return mismatch;
  const algorithm = firstText(message, "SignatureVersion") === "2" ? "sha256" : "sha1";
  return verifySignature(algorithm, Buffer.from(text), key, Buffer.from(signature, "base64")) ? { ok: true } : mismatch;
}

function messageOf({ body }: RawPost): JsonObject | null {
  try {
    return objectOf(readJson(body));
  } catch {
    return null;
  }
}
