import { createECDH, hkdfSync } from "node:crypto";
import { currentConfig } from "#server/core/config.ts";

export interface VapidKeys {
  publicKey: string;
  privateKey: string;
}

let known: { of: Buffer; keys: VapidKeys } | null = null;

/**
 * The pair by which push services know this installation. It follows from the encryption key, so that every process
 * has it and nothing more is to be kept; with another encryption key it is another one, and browsers subscribe anew.
 */
export function vapidKeys(): VapidKeys {
  const { keyRing } = currentConfig();
  const master = keyRing.keys.get(keyRing.current)!;
  if (known?.of.equals(master)) return known.keys;
  const pair = createECDH("prime256v1");
  // A number of the curve's order or beyond is no key; one in four thousand million is.
  for (let round = 0; ; round++) {
    const secret = Buffer.from(hkdfSync("sha256", master, "guichet", `web push ${round}`, 32));
    try {
      pair.setPrivateKey(secret);
      break;
    } catch {
      continue;
    }
  }
  const keys = {
    publicKey: pair.getPublicKey().toString("base64url"),
    privateKey: pair.getPrivateKey().toString("base64url"),
  };
  known = { of: master, keys };
  return keys;
}
