import { sameText } from "#server/core/crypto.ts";
import type { RawPost, Verification } from "../contract.ts";

/**
 * Postmark signs nothing: it brings what its webhook's address or headers were given. That is a user and
 * password in the address (`https://guichet:…@…`), or the same password as `X-Guichet-Secret`.
 */
export function verify({ headers }: RawPost, password: string): Verification {
  if (password === "") return { ok: false, reason: "not_configured" };
  const given = headers["x-guichet-secret"] ?? passwordIn(headers.authorization);
  if (given === null) return { ok: false, reason: "missing_signature" };
  return sameText(given, password) ? { ok: true } : { ok: false, reason: "signature_mismatch" };
}

function passwordIn(header: string | undefined): string | null {
  const basic = /^Basic\s+([\w+/=-]{1,1000})$/i.exec(header ?? "")?.[1];
  if (!basic) return null;
  const pair = Buffer.from(basic, "base64").toString("utf8");
  return pair.includes(":") ? pair.slice(pair.indexOf(":") + 1) : null;
}
