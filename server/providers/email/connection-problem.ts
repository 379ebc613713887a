import { withoutSecrets } from "../call-api.ts";

/** Why a mail server could not be worked with: a reason that the interface words, and the raw word behind it. */
export interface ConnectionProblem {
  reason:
    | "host_not_found"
    | "host_private"
    | "connection_refused"
    | "certificate_expired"
    | "certificate_untrusted"
    | "certificate_name"
    | "tls_failed"
    | "credentials_refused"
    | "rate_limited"
    | "mailbox_full"
    | "folder_missing"
    | "provider_unreachable";
  text: string;
}

const byCode: readonly (readonly [ConnectionProblem["reason"], RegExp])[] = [
  ["certificate_expired", /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/],
  ["certificate_name", /^ERR_TLS_CERT_ALTNAME/],
  [
    "certificate_untrusted",
    /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:VERIFY|GET|DECRYPT|DECODE)|CERT_|HOSTNAME_MISMATCH)/,
  ],
  ["host_not_found", /^(?:ENOTFOUND|EAI_\w+|EDNS)$/],
  ["host_private", /^EPRIVATE$/],
  ["connection_refused", /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)$/],
  ["tls_failed", /^(?:ETLS|EPROTO|ERR_SSL_|ERR_TLS_|UPGRADE_TIMEOUT|STARTTLS_INJECTION|MissingServerExtension)/],
  ["rate_limited", /^ETHROTTLE$/],
];

/** nodemailer puts a code of its own over Node's: of a refused certificate OpenSSL's words are left. */
const byWords: readonly (readonly [ConnectionProblem["reason"], RegExp])[] = [
  ["certificate_expired", /certificate (?:has expired|is not yet valid)/i],
  ["certificate_name", /does not match certificate's altnames/i],
  ["certificate_untrusted", /self[- ]signed certificate|unable to (?:verify|get) [\w ]*certificate/i],
];

/**
 * What an error of a connection means: Node's code at its root decides, since libraries wrap it. Anything
 * that nobody knows is `provider_unreachable`, never a refusal of the login.
 */
export function problemOf(error: unknown, secrets: readonly string[]): ConnectionProblem {
  const codes = codesOf(error);
  const text = withoutSecrets(wordsOf(error, codes), secrets);
  for (const [reason, pattern] of byCode) if (codes.some((code) => pattern.test(code))) return { reason, text };
  const said = byWords.find(([, pattern]) => pattern.test(text));
  return { reason: said?.[0] ?? "provider_unreachable", text };
}

/** Every code on the way to the root of an error, the root's first. Bounded: errors may point at themselves. */
export function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current !== null && typeof current === "object"; depth++) {
    const { code, cause, errors, message } = current as Record<string, unknown>;
    if (typeof code === "string") codes.unshift(code);
    // Some wrappers keep the root's code in their words only.
    if (typeof message === "string")
      codes.push(...(message.slice(0, 1000).match(/\b(?:E[A-Z_]{4,30}|[A-Z]+_[A-Z_]{5,40})\b/g) ?? []));
    current = cause ?? (Array.isArray(errors) ? errors[0] : null);
  }
  return codes;
}

function wordsOf(error: unknown, codes: readonly string[]): string {
  if (error === null || typeof error !== "object") return String(error).slice(0, 300);
  const { message, response, responseText } = error as Record<string, unknown>;
  const said = [responseText, response, message].find((words) => typeof words === "string" && words !== "");
  const words = typeof said === "string" ? said.slice(0, 300) : "";
  return [codes[0], words].filter((part) => part && !(part !== words && words.includes(part))).join(" · ") || "failed";
}
