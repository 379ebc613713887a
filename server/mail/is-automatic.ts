import { isOwn } from "./addresses.ts";
import type { MailPayload } from "./mail-payload.ts";

/**
 * Whether a program sent the mail: nobody waits for an answer to it, and answering could go on for ever
 * (RFC 3834). `X-Auto-Response-Suppress` alone asks for silence and says nothing of who wrote.
 */
export function isAutomatic({ headers, from }: MailPayload, own: readonly string[]): boolean {
  const submitted = word(headers["auto-submitted"]);
  if (submitted !== "" && submitted !== "no") return true;
  if (/^multipart\/report\b/i.test(headers["content-type"] ?? "")) return true;
  if (/^<\s*>$/.test(headers["return-path"]?.trim() ?? "")) return true;
  if (isSet(headers["x-autoreply"]) || isSet(headers["x-autorespond"])) return true;
  if (/^(?:bulk|list|junk|auto[-_]reply)$/.test(word(headers.precedence))) return true;
  return from.some(({ address }) => isOwn(address, own));
}

function word(value: string | undefined): string {
  return /^[\w-]*/.exec(value?.trim().toLowerCase() ?? "")?.[0] ?? "";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !/^(?:no|false|0)?$/i.test(value.trim());
}
