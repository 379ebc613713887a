import type { KeyRing } from "#server/core/crypto.ts";
import { open, seal } from "#server/core/crypto.ts";

const secret = /authorization|cookie|signature|token|secret|api-?key/;
const signature = /signature/;
const longest = 500;

/**
 * Headers as they may be stored: credentials and signatures are taken out. A refused post keeps its
 * signature sealed, so that a replay can check the stored bytes again after a fix.
 */
export function keptHeaders(
  headers: Readonly<Record<string, string>>,
  sealing: { keyRing: KeyRing; boundTo: string } | null,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name]!;
    if (!secret.test(name)) kept[name] = value.length > longest ? value.slice(0, longest) : value;
    else if (sealing && signature.test(name))
      kept[name] = seal(sealing.keyRing, value.slice(0, longest), sealing.boundTo);
    else kept[name] = "[redacted]";
  }
  return kept;
}

/** Stored headers with the signatures that were sealed for this delivery. */
export function openedHeaders(
  headers: Readonly<Record<string, string>>,
  keyRing: KeyRing,
  boundTo: string,
): Record<string, string> {
  return mapSealed(headers, (value) => open(keyRing, value, boundTo));
}

/** Stored headers as people may see them. */
export function shownHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return mapSealed(headers, () => "[redacted]");
}

function mapSealed(
  headers: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      signature.test(name) && value.startsWith("v1.") ? change(value) : value,
    ]),
  );
}
