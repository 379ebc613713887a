import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import type { JsonObject } from "../contract.ts";
import { trustStandIn } from "./certificates.ts";
import { signedText } from "./sns-message.ts";

/** No host has this name: the key behind it is this process's own, and leaves it never. */
const address = "https://sns.simulator.invalid/key.pem";
let pair: { privateKey: KeyObject; publicKey: KeyObject } | undefined;

/** Signs an SNS message as this process's stand-in does, version 2. */
export function signAsStandIn(message: JsonObject): JsonObject {
  pair ??= generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  trustStandIn(address, pair.publicKey);
  const complete = { ...message, SignatureVersion: "2", SigningCertURL: address };
  return {
    ...complete,
    Signature: sign("sha256", Buffer.from(signedText(complete) ?? ""), pair.privateKey).toString("base64"),
  };
}
