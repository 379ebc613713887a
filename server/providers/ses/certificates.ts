import type { KeyObject } from "node:crypto";
import { createPublicKey, X509Certificate } from "node:crypto";
import { isCertificateAddress } from "./sns-message.ts";

const most = 50;
const longest = 20_000;
const failedForMs = 60_000;
const known = new Map<string, KeyObject>();
const failed = new Map<string, number>();
const standIns = new Map<string, KeyObject>();

/** The public key of a certificate that was fetched before; null: it is not known. */
export function keyOfCertificate(address: string): KeyObject | null {
  return standIns.get(address) ?? known.get(address) ?? null;
}

/**
 * Fetches a certificate of SNS's once, and remembers it. Its host is pinned, so that a message cannot bring
 * a key of its own; an address that failed is left alone for a minute. Never throws.
 */
export async function fetchCertificate(address: string): Promise<void> {
  if (!isCertificateAddress(address) || keyOfCertificate(address)) return;
  if ((failed.get(address) ?? 0) > Date.now() - failedForMs) return;
  const key = await fetchKey(address);
  if (!key) {
    remember(failed, address, Date.now());
    return;
  }
  remember(known, address, key);
}

async function fetchKey(address: string): Promise<KeyObject | null> {
  try {
    const response = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(5_000) });
    const text = response.ok ? await response.text() : "";
    if (text === "" || text.length > longest) return null;
    const certificate = new X509Certificate(text);
    const isValid = certificate.validToDate > new Date() && certificate.validFromDate < new Date();
    return isValid ? certificate.publicKey : null;
  } catch {
    return null;
  }
}

/** A stand-in signs with a key of its own, under an address that only this process knows. */
export function trustStandIn(address: string, publicKey: KeyObject): void {
  standIns.set(address, createPublicKey({ key: publicKey.export({ format: "pem", type: "spki" }) }));
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
