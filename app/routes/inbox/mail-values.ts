import type { Detail } from "./data.ts";

/** What is typed beside a mail's text. */
export interface MailValues {
  subject: string;
  /** Addresses, however they are set apart. */
  cc: string;
}

/** As the thread says. */
export function mailValuesOf(mail: NonNullable<Detail["mail"]>): MailValues {
  return { subject: mail.subject, cc: mail.cc.join(", ") };
}

const address = /^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+\.[^\s@<>"(),;:\\.]+$/;

/** The addresses among what was typed (`Alix Roux <alix@client.example>` too), and what is none. */
export function readCopies(typed: string): { copies: string[]; wrong: string[] } {
  const parts = typed
    .split(/[,;\n]/)
    .map((part) => (/<([^<>]+)>\s*$/.exec(part)?.[1] ?? part).trim().toLowerCase())
    .filter(Boolean);
  const copies = parts.filter((part) => address.test(part));
  return { copies: [...new Set(copies)], wrong: parts.filter((part) => !address.test(part)) };
}

/** A signature with its variables filled in; a name that nobody knows stays as it is written. */
export function signatureText(signature: string, values: Readonly<Record<string, string>>): string {
  return signature.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, name: string) => values[name] ?? whole).trim();
}

/** The sentence (`fail.mail.…`) for what a mail server, or the report of one, said. */
export type MailFailure = (typeof failures)[number] | "certificate" | "not_delivered";

const failures = [
  "no_such_address",
  "recipient_mailbox_full",
  "mail_too_large",
  "refused_as_unwanted",
  "host_not_found",
  "host_private",
  "connection_refused",
  "tls_failed",
  "provider_unreachable",
  "loop_brake",
] as const;

/** Enhanced status codes (RFC 3463), by class and detail. */
const byStatus: readonly (readonly [RegExp, MailFailure])[] = [
  [/^[45]\.1\.(?:1|2|3|6|10)$/, "no_such_address"],
  [/^[45]\.2\.2$/, "recipient_mailbox_full"],
  [/^[45]\.(?:2\.3|3\.4)$/, "mail_too_large"],
  [/^[45]\.7\.\d+$/, "refused_as_unwanted"],
  [/^[45]\.\d+\.\d+$/, "not_delivered"],
];

/** Why a mail did not arrive, by the code that is kept with it; null where nothing better is known. */
export function mailFailureOf(code: string | null): MailFailure | null {
  if (!code) return null;
  if (code.startsWith("certificate_")) return "certificate";
  return failures.find((known) => known === code) ?? byStatus.find(([pattern]) => pattern.test(code))?.[1] ?? null;
}
