import type { KeyRing } from "#server/core/crypto.ts";
import { open, seal } from "#server/core/crypto.ts";

const secret = /authorization|cookie|signature|token|secret|api-?key/;
/** What vouches for a post: a signature, or a secret that the sender shows. */
const proof = /signature|^authorization$|-secret$/;
const longest = 500;

/** Under this name a refused post keeps the address that was signed, sealed like the signature itself. */
const signedAddress = "signature-address";
const opaqueKey = /^(\/webhooks\/[a-z]{1,20}\/)[\w-]{16,128}/;
const hidden = "••••••••";

/** Path and query as they may be stored: a channel's opaque key is a secret. */
export function keptPath(path: string): string {
  return path.replace(opaqueKey, `$1${hidden}`).slice(0, 2_000);
}

/** The path that was signed, from what {@link keptPath} and {@link keptHeaders} left of it. */
export function signedPath(path: string, opened: Readonly<Record<string, string>>): string {
  return path.includes(hidden) ? (opened[signedAddress] ?? path) : path;
}

/**
 * Headers as they may be stored: credentials and signatures are taken out. A refused post keeps its
 * proof sealed, so that a replay can check the stored bytes again after a fix.
 */
export function keptHeaders(
  arrived: Readonly<Record<string, string>>,
  sealing: { keyRing: KeyRing; boundTo: string; path: string } | null,
): Record<string, string> {
  const kept: Record<string, string> = {};
  const headers = sealing && opaqueKey.test(sealing.path) ? { ...arrived, [signedAddress]: sealing.path } : arrived;
  for (const name in headers) {
    const value = headers[name]!;
    if (!secret.test(name)) kept[name] = value.length > longest ? value.slice(0, longest) : value;
    else if (sealing && proof.test(name)) kept[name] = seal(sealing.keyRing, value.slice(0, longest), sealing.boundTo);
    else kept[name] = "[redacted]";
  }
  return kept;
}

/** Stored headers with the proofs that were sealed for this delivery. */
export function openedHeaders(
  headers: Readonly<Record<string, string>>,
  keyRing: KeyRing,
  boundTo: string,
): Record<string, string> {
  return mapSealed(headers, (value) => open(keyRing, value, boundTo));
}

/** Stored headers as people may see them. */
export function shownHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const shown = mapSealed(headers, () => "[redacted]");
  delete shown[signedAddress];
  return shown;
}

/** Headers for those who may not see contents: which there were, not what they said. */
export function maskedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(shownHeaders(headers)).map((name) => [name, "[redacted]"]));
}

/** A path for those who may not see contents: what was asked of us after it may be anybody's words. */
export function maskedPath(path: string): string {
  const query = path.indexOf("?");
  return query < 0 ? path : `${path.slice(0, query)}?${hidden}`;
}

function mapSealed(
  headers: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      proof.test(name) && value.startsWith("v1.") ? change(value) : value,
    ]),
  );
}
