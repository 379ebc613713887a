import { canonicalEmail } from "./addresses.ts";
import type { MailPayload } from "./mail-payload.ts";
import { messageIdsIn, ownMessageOf } from "./message-ids.ts";

/** What became of an earlier mail, as a mail server reports it. */
export interface Bounce {
  /** `delayed`: it is still being tried. */
  outcome: "failed" | "delayed" | "delivered";
  /** Message-ID of the mail that it is about; null where the report does not say. */
  originalId: string | null;
  recipient: string | null;
  /** Such as `5.1.1`, or `550` where there is no more. */
  code: string;
  /** The server's own words. */
  text: string;
}

/** Reads what a mail server reports: by the standard (RFC 3464), or in the words of servers that know none. Null where it is no report. */
export function readBounce(mail: MailPayload): Bounce | null {
  if (mail.report?.kind === "delivery") return readFields(mail, mail.report.fields);
  return isFromServer(mail) ? readWords(mail) : null;
}

function readFields(mail: MailPayload, fields: string): Bounce {
  const groups = fields.split(/\r?\n[ \t]*\r?\n/).map(fieldsOf);
  const recipients = groups.filter(
    (group) => group.has("final-recipient") || group.has("action") || group.has("status"),
  );
  const worst = recipients.find((group) => actionOf(group) === "failed") ?? recipients[0] ?? new Map<string, string>();
  const said = plain(worst.get("diagnostic-code")) || firstWords(mail.text);
  return {
    outcome: actionOf(worst),
    originalId: originalIdOf(mail),
    recipient: canonicalEmail(plain(worst.get("final-recipient") ?? worst.get("original-recipient"))),
    code: statusIn(worst.get("status") ?? "") ?? statusIn(said) ?? "failed",
    text: short(said),
  };
}

/** A failure is what a report tells of unless it says otherwise. */
function actionOf(group: ReadonlyMap<string, string>): Bounce["outcome"] {
  const action = group.get("action")?.toLowerCase() ?? "";
  if (action.startsWith("delayed")) return "delayed";
  if (/^(?:delivered|relayed|expanded)/.test(action)) return "delivered";
  return /^[24]\./.test(group.get("status") ?? "") && !action.startsWith("failed") ? "delayed" : "failed";
}

function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block
    .replaceAll(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .slice(0, 60)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

/** Without the kind of value in front of it: `rfc822;`, `smtp;`, `dns;`. */
function plain(value: string | undefined): string {
  return (value ?? "")
    .replace(/^[\w.-]{1,30}\s*;\s*/, "")
    .replaceAll(/^<|>$/g, "")
    .trim();
}

const server = /^(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon|mdaemon)(?:[+._-]|@)/;
const failure =
  /undeliver|non remis|non délivr|delivery (?:status|failure|has failed)|delivery failed|returned (?:mail|to sender)|failure notice|mail failure|mail delivery|échec|could not be delivered|недоставл|не доставл/iu;

function isFromServer({ headers, from, subject }: MailPayload): boolean {
  if (headers["x-failed-recipients"] !== undefined) return true;
  const byServer =
    from.length === 0 || from.some(({ address, name }) => server.test(address) || /mail delivery/i.test(name ?? ""));
  return byServer && (failure.test(subject ?? "") || /^<\s*>$/.test(headers["return-path"]?.trim() ?? ""));
}

function readWords(mail: MailPayload): Bounce | null {
  const text = mail.text ?? "";
  const [said = ""] = text.split(/^.{0,20}(?:copy of the message|original message (?:follows|header)).{0,80}$/im, 1);
  const line = said.split("\n").find((one) => statusIn(one) !== null) ?? firstWords(said);
  const code = statusIn(line);
  const originalId = originalIdOf(mail);
  if (code === null && originalId === null && !failure.test(`${mail.subject ?? ""} ${said.slice(0, 2000)}`))
    return null;
  return {
    outcome: code?.startsWith("4") ? "delayed" : "failed",
    originalId,
    recipient:
      canonicalEmail(mail.headers["x-failed-recipients"]?.split(",")[0]) ??
      canonicalEmail(/<([^<>\s]+@[^<>\s]+)>/.exec(said)?.[1]),
    code: code ?? "failed",
    text: short(line),
  };
}

/** The mail that a report is about: from its headers, else from its text, else from what it says it answers. */
function originalIdOf({ original, text, inReplyTo, references }: MailPayload): string | null {
  const quoted = [original ?? "", text ?? ""].flatMap((source) => {
    const line = /^[ \t>]{0,10}message-id:[ \t]*(?:\r?\n[ \t]+)?(\S{3,500})/im.exec(source)?.[1];
    return line ? messageIdsIn(line) : [];
  });
  const named = [...quoted, ...inReplyTo, ...references.toReversed()];
  return named.find((id) => ownMessageOf(id) !== null) ?? named[0] ?? null;
}

const enhanced = /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/;
const basic = /(?:^|[\s:"'(])([45][0-5]\d)(?=[\s\-"')]|$)/;

/** An enhanced status (RFC 3463), such as `5.1.1`. */
export function enhancedStatusIn(text: string): string | null {
  return enhanced.exec(text.slice(0, 1_000))?.[1] ?? null;
}

function statusIn(text: string): string | null {
  return enhancedStatusIn(text) ?? basic.exec(text.slice(0, 1_000))?.[1] ?? null;
}

function firstWords(text: string | null): string {
  return (
    (text ?? "")
      .slice(0, 2_000)
      .split(/\n\s*\n/)
      .map((part) => part.trim())
      .find((part) => part !== "") ?? ""
  );
}

function short(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim().slice(0, 500).toWellFormed() || "delivery failed";
}
