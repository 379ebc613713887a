import { createECDH, createHash, createPrivateKey, type KeyObject } from "node:crypto";

/**
 * The key pair of a made-up account: derived from its API key, so that a stand-in of another process signs
 * alike. P-256, as SendGrid's.
 */
export function signingKeyOf(apiKey: string): { privateKey: KeyObject; verificationKey: string } {
  const curve = createECDH("prime256v1");
  const secret = createHash("sha256").update(`sendgrid:${apiKey}`).digest();
  // Below the order of the curve, whatever the hash.
  secret[0] = (secret[0] ?? 0) & 0x7f;
  curve.setPrivateKey(secret);
  const point = curve.getPublicKey();
  const privateKey = createPrivateKey({
    key: {
      kty: "EC",
      crv: "P-256",
      d: secret.toString("base64url"),
      x: point.subarray(1, 33).toString("base64url"),
      y: point.subarray(33, 65).toString("base64url"),
    },
    format: "jwk",
  });
  const prefix = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d030107034200", "hex");
  return { privateKey, verificationKey: Buffer.concat([prefix, point]).toString("base64") };
}
